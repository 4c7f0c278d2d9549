import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file so that after a crash at any moment it is there whole, old or new: into a file beside it, synced, then
 * renamed over it.
 */
export async function writeAtomically(
  path: string,
  text: string,
  options: { keepAs?: string; mode?: number } = {},
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await openNew(temporary, options.mode ?? 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  if (options.keepAs) await keep(path, options.keepAs);
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Gives the file's present content a second name, which may exist already. Costs no copy. */
export async function keep(path: string, as: string): Promise<void> {
  const temporary = `${as}.${randomUUID()}.tmp`;
  try {
    await link(path, temporary);
  } catch (cause) {
    if (isMissing(cause)) return;
    throw cause;
  }
  await rename(temporary, as);
}

/** Creates a file that must not exist yet, and its directory where that is missing. */
async function openNew(path: string, mode: number) {
  try {
    return await open(path, "wx", mode);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    await mkdir(dirname(path), { recursive: true });
    return await open(path, "wx", mode);
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

export async function removeIfThere(path: string): Promise<void> {
  await rm(path, { force: true });
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === "ENOENT";
}
