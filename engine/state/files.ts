import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

interface StageOptions {
  readonly mode?: number;
  /** Another directory of the same file system to write in, where a half-written file does no harm. */
  readonly temporaryIn?: string;
  /** `false` for files that may be lost in a crash. */
  readonly sync?: boolean;
}

/** Writes a file so that after a crash at any moment it is there whole, old or new: beside it, synced, then renamed. */
export async function writeAtomically(path: string, text: string, options: StageOptions = {}): Promise<void> {
  await publish(await stage(path, text, options), path);
}

/** Writes what `path` is to hold under another name, and gives that. */
export async function stage(path: string, text: string, options: StageOptions = {}): Promise<string> {
  const { mode = 0o600, temporaryIn, sync = true } = options;
  const temporary = `${temporaryIn ? join(temporaryIn, basename(path)) : path}.${randomUUID()}.tmp`;
  const file = await openNew(temporary, mode);
  try {
    await file.writeFile(text);
    if (sync) await file.datasync();
  } finally {
    await file.close();
  }
  return temporary;
}

/** Puts a staged file into its place, for good. */
export async function publish(temporary: string, path: string): Promise<void> {
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Gives the file's present content a second name, which may exist already. Costs no copy. */
export async function keep(path: string, as: string): Promise<void> {
  try {
    await link(path, as);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") await keepOver(path, as);
    else if (!isMissing(cause)) throw cause;
  }
}

async function keepOver(path: string, as: string): Promise<void> {
  const temporary = `${as}.${randomUUID()}.tmp`;
  await link(path, temporary);
  await rename(temporary, as);
  // Renaming one name of a file over another name of it does nothing, and leaves both.
  await removeIfThere(temporary);
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

/** Names of what is right in a directory, sorted; none where it is missing. */
export async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

export async function removeIfThere(path: string): Promise<void> {
  await rm(path, { force: true });
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === "ENOENT";
}
