/**
 * A lock in a directory: a file of its own per operation, as Pulumi's file backend has it, with one field more
 * (`started`) by which a lock whose process has died is told from one that is held. That a thread died while its process
 * lives on is told by a lock in memory of the file's name, which ends with its thread.
 */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { removeBlob } from "./blobs.ts";
import { namesIn, readIfThere, removeIfThere, writeAtomically } from "./files.ts";
import {
  hasDied,
  holderOf,
  holdInMemory,
  ownContent,
  parseLock,
  stackLocked,
  type LockContent,
} from "./lockContent.ts";
import type { Lock } from "./store.ts";

export async function lockDirectory(directory: string): Promise<Lock> {
  const name = `${randomUUID()}.json`;
  const path = join(directory, name);
  const abandoned = await refuseIfLocked(directory, name);
  await mkdir(directory, { recursive: true });
  const releaseInMemory = await holdInMemory(path);
  const release = async () => {
    await removeIfThere(path);
    releaseInMemory();
  };
  try {
    // The CLI counts every file in the stack's directory as a lock, half-written ones too: it is written above it.
    await writeAtomically(path, JSON.stringify(await ownContent()), { temporaryIn: dirname(directory) });
    // Another may have looked before this file was there: whoever sees another's lock now gives up.
    await refuseIfLocked(directory, name);
  } catch (error) {
    await release();
    throw error;
  }
  // What lies in a directory is taken away by nobody but a person.
  return { abandoned, lost: new AbortController().signal, release, [Symbol.asyncDispose]: release };
}

/** Fails where another holds a lock; removes those that nobody holds any more, and tells whose they were. */
async function refuseIfLocked(directory: string, own: string): Promise<string[]> {
  const others: { path: string; content: LockContent }[] = [];
  const abandoned: string[] = [];
  for (const lock of await readLocks(directory)) {
    if (lock.name === own) continue;
    if (lock.content.hostname === hostname() && (await hasDied(lock.content, lock.path))) {
      await removeBlob(lock.path);
      abandoned.push(holderOf(lock.content));
    } else others.push(lock);
  }
  if (others.length === 0) return abandoned;
  throw stackLocked(others.map(({ path, content }) => ({ url: lockUrl(path), holder: holderOf(content) })));
}

/** The option is one that the CLI opens every directory with, and shows. */
function lockUrl(path: string): string {
  return `${pathToFileURL(path).href}?no_tmp_dir=true`;
}

async function readLocks(directory: string) {
  const found = (await namesIn(directory)).filter((name) => !name.endsWith(".attrs"));
  const locks = await Promise.all(
    found.map(async (name) => ({ name, path: join(directory, name), text: await readIfThere(join(directory, name)) })),
  );
  return locks.flatMap(({ name, path, text }) =>
    text === undefined ? [] : [{ name, path, content: parseLock(text) }],
  );
}
