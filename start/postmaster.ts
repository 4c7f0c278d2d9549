import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** What PostgreSQL's own `postmaster.pid` says of the server that runs, or ran, on a data directory. */
export interface Postmaster {
  pid: number;
  port: number;
  /** `ready` once it takes connections, else `starting`, `stopping` or `standby`. */
  status: string;
}

/** Null where there is no server, or its file is not whole yet. */
export function readPostmaster(data: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? "starting").trim() };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether process `pid` is a PostgreSQL on `data`, not another one that was given the number of a dead one. */
export function servesData(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  return command.includes("postgres") && command.includes(data);
}

function commandOf(pid: number): string {
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    // It ended between the two looks.
    return "";
  }
}

/** Whether a PostgreSQL on loopback answers: asked whether it speaks TLS, it says yes or no in one byte. */
export async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1").setTimeout(2000);
  const answer = new Promise<boolean>((resolve) => {
    socket.once("data", () => resolve(true));
    for (const end of ["error", "timeout", "close"]) socket.once(end, () => resolve(false));
  });
  socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]));
  const answered = await answer;
  socket.destroy();
  return answered;
}
