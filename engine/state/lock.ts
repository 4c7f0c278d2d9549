/**
 * A stack's lock: a file of its own per operation under `locks/`, as Pulumi's file backend has it, with one field more
 * (`started`) by which a lock whose process has died is told from one that is held. That a thread died while its process
 * lives on is told by a lock in memory of the file's name, which ends with its thread.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { locks } from "node:worker_threads";
import { TealError } from "../../model/errors.ts";
import { names, paths, removeLeftovers, type Backend } from "./backend.ts";
import { removeBlob } from "./blobs.ts";
import { readIfThere, removeIfThere, writeAtomically } from "./files.ts";
import type { StackId } from "./urn.ts";

interface LockContent {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
  /** When the process began, in the kernel's clock ticks: another process with the same pid has another. */
  readonly started?: string;
}

export interface Lock extends AsyncDisposable {
  /** Who held the stack before and has died, so that whatever they did was broken off: one line each. */
  readonly abandoned: readonly string[];
  release(): Promise<void>;
}

const processStart = startOf(process.pid);

/**
 * Takes the stack's lock or fails with Pulumi's own words, by which the Automation API knows a concurrent update. Locks
 * whose process or thread has died on this host are removed.
 */
export async function lockStack(backend: Backend, id: StackId): Promise<Lock> {
  const directory = paths.locks(backend, id);
  const name = `${randomUUID()}.json`;
  const path = join(directory, name);
  const abandoned = await refuseIfLocked(backend, id, name);
  await mkdir(directory, { recursive: true });
  const releaseInMemory = await holdInMemory(path);
  const release = async () => {
    await removeIfThere(path);
    releaseInMemory();
  };
  try {
    // The CLI counts every file in the stack's directory as a lock, half-written ones too.
    await writeAtomically(path, JSON.stringify(await ownContent()), { temporaryIn: join(backend.root, "locks") });
    // Another may have looked before this file was there: whoever sees another's lock now gives up.
    await refuseIfLocked(backend, id, name);
    if (abandoned.length > 0) await removeLeftovers(backend, id);
  } catch (error) {
    await release();
    throw error;
  }
  return { abandoned, release, [Symbol.asyncDispose]: release };
}

/** Takes the lock in memory that says that a thread of this process holds the file; gives what lets it go. */
function holdInMemory(path: string): Promise<() => void> {
  return new Promise((taken, failed) => {
    locks.request(path, () => new Promise<void>((done) => taken(done))).catch(failed);
  });
}

async function isHeldInMemory(path: string): Promise<boolean> {
  return locks.request(path, { ifAvailable: true }, (lock) => lock === null);
}

async function ownContent(): Promise<LockContent> {
  const started = await processStart;
  return {
    pid: process.pid,
    username: userInfo().username,
    hostname: hostname(),
    timestamp: new Date().toISOString(),
    ...(started !== undefined && { started }),
  };
}

/** Removes every lock of the stack, whoever holds it: what `pulumi cancel` does. */
export async function removeLocks(backend: Backend, id: StackId): Promise<void> {
  for (const name of await names(paths.locks(backend, id))) await removeIfThere(join(paths.locks(backend, id), name));
}

/** Fails where another holds a lock; removes those that nobody holds any more, and tells whose they were. */
async function refuseIfLocked(backend: Backend, id: StackId, own: string): Promise<string[]> {
  const others: { path: string; content: LockContent }[] = [];
  const abandoned: string[] = [];
  for (const lock of await readLocks(backend, id)) {
    if (lock.name === own) continue;
    if (await isAbandoned(lock.path, lock.content)) {
      await removeBlob(lock.path);
      abandoned.push(holder(lock.content));
    } else others.push(lock);
  }
  if (others.length === 0) return abandoned;
  const lines = others.map(({ path, content }) => `\n  ${lockUrl(path)}: created by ${holder(content)}`);
  throw new TealError(
    "stack_locked",
    `the stack is currently locked by ${others.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.${lines.join("")}`,
  );
}

function holder({ username, hostname, pid, timestamp }: LockContent): string {
  return `${username}@${hostname} (pid ${pid}) at ${toSeconds(timestamp)}`;
}

/** The option is one that the CLI opens every directory with, and shows. */
function lockUrl(path: string): string {
  return `${pathToFileURL(path).href}?no_tmp_dir=true`;
}

function toSeconds(timestamp: string): string {
  return timestamp.replace(/\.\d+/, "");
}

async function readLocks(backend: Backend, id: StackId) {
  const directory = paths.locks(backend, id);
  const found = (await names(directory)).filter((name) => !name.endsWith(".attrs"));
  const locks = await Promise.all(
    found.map(async (name) => ({ name, path: join(directory, name), text: await readIfThere(join(directory, name)) })),
  );
  return locks.flatMap(({ name, path, text }) => (text === undefined ? [] : [{ name, path, content: parse(text) }]));
}

/** Of a lock cut off by a crash of a writer that is not atomic, whose owner is unknown: it counts as held. */
const unknown: LockContent = { pid: 0, username: "unknown", hostname: "unknown", timestamp: "unknown" };

function parse(text: string): LockContent {
  try {
    return { ...unknown, ...(JSON.parse(text) as Partial<LockContent>) };
  } catch {
    return unknown;
  }
}

async function isAbandoned(path: string, lock: LockContent): Promise<boolean> {
  if (lock.hostname !== hostname() || lock.pid <= 0) return false;
  if (!isAlive(lock.pid)) return true;
  if (lock.started !== undefined) {
    const started = await startOf(lock.pid);
    if (started !== undefined && started !== lock.started) return true;
  }
  return lock.pid === process.pid && !(await isHeldInMemory(path));
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
