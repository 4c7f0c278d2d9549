import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { copyFile, digest, sync, type Copied } from "./copy.ts";

/**
 * All pages at one go: they are of one moment, and a writer in another process can't make it begin anew for ever. In
 * WAL mode nobody waits for it.
 */
const allPages = 0x7fffffff;
const busyMs = 10_000;
const sqliteReadonlyRollback = 776;

/** Copies a database as it is at one moment, what its log holds included; on disk when it resolves. */
export async function copyDatabase(from: string, to: string): Promise<Copied> {
  try {
    await copyOpened(from, to, { readOnly: true });
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== sqliteReadonlyRollback) throw error;
    // Whoever opens a database next undoes what a writer that died had half done, and has to write for it.
    await copyOpened(from, to, { readOnly: false });
  }
  await sync(to);
  return digest(to);
}

async function copyOpened(from: string, to: string, { readOnly }: { readOnly: boolean }): Promise<void> {
  const database = new DatabaseSync(from, { readOnly, timeout: busyMs, allowExtension: false });
  try {
    await backup(database, to, { rate: allPages });
  } finally {
    database.close();
  }
}

/** Copies a database that nobody has open, byte by byte. */
export const copyClosedDatabase = copyFile;

/** The schema version that the database says it has (`PRAGMA user_version`); null where it says none. */
export function schemaVersionOf(path: string): string | null {
  const database = openQuietly(path);
  try {
    const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
    return typeof version === "number" && version !== 0 ? String(version) : null;
  } finally {
    database.close();
  }
}

/** Opens a copy without leaving anything beside it. */
export function openQuietly(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.searchParams.set("immutable", "1");
  return new DatabaseSync(url, { readOnly: true, allowExtension: false });
}

/**
 * What `PRAGMA integrity_check` says is wrong with a copy, or that it can't be opened; empty when it is sound. It takes
 * seconds for gigabytes, so it has a thread of its own.
 */
export function problemsOf(path: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(join(import.meta.dirname, "integrityThread.ts"), { workerData: path });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`The thread that checks ${path} ended with ${code}.`)));
  });
}
