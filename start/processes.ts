import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";

/** A process by what stays its own: numbers are used again, start times with them are not. */
export interface ProcessIdentity {
  pid: number;
  started: string;
}

/** Who has `pid` now; null when nobody has. */
export function identify(pid: number): ProcessIdentity | null {
  const started = startTime(pid);
  return started === null ? null : { pid, started };
}

/** Whether that very process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return startTime(pid) === started;
}

function startTime(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      // Fields after the command's closing parenthesis: state is the 1st, start time the 20th. A zombie has ended.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
      return fields[0] === "Z" ? null : fields[19]!;
    } catch {
      return null;
    }
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** Ends that very process: asks, waits up to `graceMs`, then insists. Does nothing when it has gone. */
export async function end(
  identity: ProcessIdentity,
  graceMs: number,
  signal: NodeJS.Signals = "SIGTERM",
): Promise<void> {
  send(identity, signal);
  const deadline = Date.now() + graceMs;
  while (isRunning(identity) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 20));
  send(identity, "SIGKILL");
  while (isRunning(identity)) await new Promise((done) => setTimeout(done, 20));
}

function send(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
