import { rename, rm } from "node:fs/promises";
import { sync } from "./copy.ts";
import { isCode } from "./failure.ts";
import { unfinishedBackup, unfinishedBackups, type Places } from "./places.ts";

/** Removes a backup and what is left of attempts at it. It loses its name first, so that none is ever there in part. */
export async function prune(places: Places): Promise<void> {
  try {
    await rename(places.backup, unfinishedBackup(places, "pruning"));
    await sync(places.shelf);
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
  for (const left of await unfinishedBackups(places)) await rm(left, { recursive: true, force: true });
}
