import { chmod, lstat, mkdir, readdir, rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { copyFile, sync } from "./copy.ts";
import { asFailure, isCode } from "./failure.ts";
import { damaged, dataOf, readManifest, type Manifest, type ManifestFile } from "./manifest.ts";
import { allBeside, besideVolume, someMark, type Places, type VolumeStage } from "./places.ts";
import { verify } from "./verify.ts";

/**
 * Puts the backup in the volume's place. All of it is on disk beside the volume before two renames swap them, and
 * nothing of what was there stays: no log of an old database comes to lie beside a new one.
 */
export async function putBack(places: Places, signal: AbortSignal): Promise<void> {
  await settle(places);
  await verify(places);
  const staging = besideVolume(places, "staging", someMark());
  try {
    signal.throwIfAborted();
    await mkdir(places.namespace, { recursive: true, mode: 0o700 });
    // Of restores that never got to the swap, maybe of another backup, or that died after it.
    await sweep(places, ["staging", "restoring", "replaced"]);
    await fill(staging, await readManifest(places), places, signal);
    signal.throwIfAborted();
    await rename(staging, besideVolume(places, "restoring", places.id));
    await sync(places.namespace);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (signal.aborted) throw signal.reason;
    throw asFailure(error, `restoring ${places.volume}`, { id: places.id, volume: places.volume });
  }
  await swap(places);
}

/**
 * Finishes a restore that a crash cut off between its two renames, when the volume has no data at all. Before the first
 * of them the volume has the old data, and whether to restore is still open.
 */
export async function settle(places: Places): Promise<void> {
  const ready = await allBeside(places, "restoring");
  const replaced = await allBeside(places, "replaced");
  if (ready.length > 0 && replaced.length > 0 && (await hasNothing(places.volume))) await swap(places);
}

/**
 * Where the volume's data is now: in its place, or beside it where a restore is between its two renames. Only looks: the restore
 * that is at it, or the one that goes on after a crash, finishes what it has begun.
 */
export async function whereDataIs(places: Places): Promise<string> {
  const [ready] = await allBeside(places, "restoring");
  const swapping = ready !== undefined && (await allBeside(places, "replaced")).length > 0;
  return swapping && (await hasNothing(places.volume)) ? ready : places.volume;
}

async function swap(places: Places): Promise<void> {
  const [ready] = await allBeside(places, "restoring");
  if (ready === undefined) throw new Error(`What was to replace ${places.volume} is gone.`);
  // A pod that mounts the volume in between makes an empty directory, which the second rename may replace.
  if (!(await hasNothing(places.volume))) await rename(places.volume, besideVolume(places, "replaced", someMark()));
  await rename(ready, places.volume);
  await sync(places.namespace);
  await sweep(places, ["replaced"]);
}

async function sweep(places: Places, stages: readonly VolumeStage[]): Promise<void> {
  for (const stage of stages)
    for (const left of await allBeside(places, stage)) await rm(left, { recursive: true, force: true });
}

async function hasNothing(volume: string): Promise<boolean> {
  const found = await lstat(volume).catch((error: unknown) => {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  });
  return found === undefined || (found.isDirectory() && (await readdir(volume)).length === 0);
}

async function fill(staging: string, manifest: Manifest, places: Places, signal: AbortSignal): Promise<void> {
  for (const { path } of manifest.directories) await mkdir(join(staging, path), { mode: 0o700 });
  for (const file of manifest.files) {
    signal.throwIfAborted();
    await putFile(file, staging, places, signal);
  }
  // Last and from the bottom up: a directory may be closed even to its owner.
  for (const { path, mode } of manifest.directories.toReversed()) {
    await sync(join(staging, path));
    await chmod(join(staging, path), mode);
  }
}

async function putFile(file: ManifestFile, staging: string, places: Places, signal: AbortSignal): Promise<void> {
  const to = join(staging, file.path);
  const { sha256 } = await copyFile(join(dataOf(places.backup), file.path), to, signal);
  if (sha256 !== file.sha256) throw damaged(places, [`${file.path} has other bytes than it had`]);
  await chmod(to, file.mode);
  // As it was: it says when the tenant last wrote.
  await utimes(to, new Date(), new Date(file.modifiedAt));
}
