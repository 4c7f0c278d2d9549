/** What a lock says of its holder, as Pulumi writes it, and how it is told that a holder has died. */
import { readFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { locks } from "node:worker_threads";
import { TealError } from "../../model/errors.ts";

export interface LockContent {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
  /** When the process began, in the kernel's clock ticks: another process with the same pid has another. */
  readonly started?: string;
}

const processStart = startOf(process.pid);

export async function ownContent(): Promise<LockContent> {
  const started = await processStart;
  return {
    pid: process.pid,
    username: userInfo().username,
    hostname: hostname(),
    timestamp: new Date().toISOString(),
    ...(started !== undefined && { started }),
  };
}

/** Of a lock cut off by a crash of a writer that is not atomic, whose owner is unknown: it counts as held. */
const unknown: LockContent = { pid: 0, username: "unknown", hostname: "unknown", timestamp: "unknown" };

export function parseLock<T extends LockContent>(text: string): LockContent & Partial<T> {
  try {
    return { ...unknown, ...(JSON.parse(text) as Partial<T>) };
  } catch {
    return unknown as LockContent & Partial<T>;
  }
}

export function holderOf({ username, hostname, pid, timestamp }: LockContent): string {
  return `${username}@${hostname} (pid ${pid}) at ${timestamp.replace(/\.\d+/, "")}`;
}

/** In Pulumi's own words, by which the Automation API knows a concurrent update. */
export function stackLocked(held: readonly { readonly url: string; readonly holder: string }[]): TealError {
  const lines = held.map(({ url, holder }) => `\n  ${url}: created by ${holder}`);
  return new TealError(
    "stack_locked",
    `the stack is currently locked by ${held.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.${lines.join("")}`,
  );
}

/**
 * Whether the process that wrote this has ended, given that it ran on this machine; or its thread, if it was of this
 * process: `name` is what that held in memory.
 */
export async function hasDied(lock: LockContent, name: string): Promise<boolean> {
  if (lock.pid <= 0) return false;
  if (!isAlive(lock.pid)) return true;
  if (lock.started !== undefined) {
    const started = await startOf(lock.pid);
    if (started !== undefined && started !== lock.started) return true;
  }
  return lock.pid === process.pid && !(await isHeldInMemory(name));
}

/** Takes the lock in memory that says that a thread of this process holds the other one; gives what lets it go. */
export function holdInMemory(name: string): Promise<() => void> {
  return new Promise((taken, failed) => {
    locks.request(name, () => new Promise<void>((done) => taken(done))).catch(failed);
  });
}

async function isHeldInMemory(name: string): Promise<boolean> {
  return locks.request(name, { ifAvailable: true }, (lock) => lock === null);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Field 22 of /proc/<pid>/stat; undefined where there is no such file (another system, or no such process). */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
