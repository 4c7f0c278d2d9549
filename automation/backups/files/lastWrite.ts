import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isCode } from "./failure.ts";

/**
 * When a file below `root` was last written (RFC 3339), null where there is none. What SQLite moves from its log into a
 * database counts as written then, so the true moment may be earlier, never later. Looks from outside only: opening a
 * database leaves traces that would count.
 */
export async function lastWriteIn(root: string): Promise<string | null> {
  const latest = await newest(root);
  return latest === undefined ? null : new Date(latest).toISOString();
}

async function newest(directory: string): Promise<number | undefined> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(unlessGone);
  let latest: number | undefined;
  for (const entry of entries ?? []) {
    const path = join(directory, entry.name);
    const at = entry.isDirectory() ? await newest(path) : entry.isFile() ? await writtenAt(path) : undefined;
    if (at !== undefined) latest = Math.max(latest ?? 0, at);
  }
  return latest;
}

/** Readers write to a `-shm`, and whoever opens a database makes an empty `-wal`. */
async function writtenAt(path: string): Promise<number | undefined> {
  if (path.endsWith("-shm")) return undefined;
  const found = await lstat(path).catch(unlessGone);
  if (found === undefined || (path.endsWith("-wal") && found.size === 0)) return undefined;
  return Math.floor(found.mtimeMs);
}

function unlessGone(error: unknown): undefined {
  if (!isCode(error, "ENOENT")) throw error;
}
