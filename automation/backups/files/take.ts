import { chmod, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TakenBackup } from "../provider.ts";
import { copyFile, sync } from "./copy.ts";
import { copyDatabase, schemaVersionOf } from "./databases.ts";
import { asFailure, isCode } from "./failure.ts";
import { lastWriteIn } from "./lastWrite.ts";
import { dataOf, readManifest, takenOf, withChecksum, writeManifest, type ManifestFile } from "./manifest.ts";
import { unfinishedBackup, unfinishedBackups, type Places } from "./places.ts";
import { survey, type Tree, type TreeFile } from "./tree.ts";

/** Takes the backup, or gives the one that was taken before. It has its name only once all of it is on disk. */
export async function copyIn(places: Places, signal: AbortSignal): Promise<TakenBackup> {
  if (await isTaken(places)) return takenOf(await readManifest(places), places);
  const attempt = unfinishedBackup(places, "taking");
  try {
    signal.throwIfAborted();
    await mkdir(places.shelf, { recursive: true, mode: 0o700 });
    for (const left of await unfinishedBackups(places)) await rm(left, { recursive: true, force: true });
    await fill(attempt, places, signal);
    signal.throwIfAborted();
    await name(attempt, places);
  } catch (error) {
    await rm(attempt, { recursive: true, force: true });
    if (signal.aborted) throw signal.reason;
    throw asFailure(error, `the backup of ${places.volume}`, { id: places.id, volume: places.volume });
  }
  return takenOf(await readManifest(places), places);
}

async function isTaken({ backup }: Places): Promise<boolean> {
  return stat(backup).then(
    () => true,
    (error: unknown) => {
      if (isCode(error, "ENOENT")) return false;
      throw error;
    },
  );
}

async function fill(attempt: string, places: Places, signal: AbortSignal): Promise<void> {
  const lastWriteAt = await lastWriteIn(places.volume);
  const tree = await survey(places.volume, signal);
  const data = dataOf(attempt);
  await mkdir(attempt, { mode: 0o700 });
  for (const { path } of tree.directories) await mkdir(join(data, path), { mode: 0o700 });
  const files: ManifestFile[] = [];
  for (const file of tree.files) {
    signal.throwIfAborted();
    files.push(...(await copied(file, places.volume, data, signal)));
  }
  for (const { path } of tree.directories.toReversed()) await sync(join(data, path));
  await writeManifest(attempt, withChecksum(contentOf(places, tree, files, lastWriteAt, data)));
  await sync(attempt);
}

/** Empty for a file that the tenant removed meanwhile. */
async function copied(file: TreeFile, volume: string, data: string, signal: AbortSignal): Promise<ManifestFile[]> {
  const [from, to] = [join(volume, file.path), join(data, file.path)];
  try {
    const { bytes, sha256 } = await (file.kind === "sqlite" ? copyDatabase(from, to) : copyFile(from, to, signal));
    await chmod(to, 0o600);
    const { path, kind, mode, modifiedMs } = file;
    return [{ path, kind, bytes, sha256, mode, modifiedAt: new Date(modifiedMs).toISOString() }];
  } catch (error) {
    if (
      !(await stat(from).then(
        () => false,
        (why: unknown) => isCode(why, "ENOENT"),
      ))
    )
      throw error;
    await rm(to, { force: true });
    return [];
  }
}

function contentOf(places: Places, tree: Tree, files: ManifestFile[], lastWriteAt: string | null, data: string) {
  const { environment, tenant, claim } = places.of;
  const databases = files.filter((file) => file.kind === "sqlite");
  const [only] = databases;
  return {
    format: 1 as const,
    ...{ id: places.id, environment, tenant, claim },
    takenAt: new Date().toISOString(),
    lastWriteAt,
    schemaVersion: only !== undefined && databases.length === 1 ? schemaVersionOf(join(data, only.path)) : null,
    directories: tree.directories,
    files,
  };
}

async function name(attempt: string, { backup, shelf }: Places): Promise<void> {
  try {
    await rename(attempt, backup);
  } catch (error) {
    // Another attempt was quicker, one whose worker was taken for dead: its backup is as good.
    if (!isCode(error, "ENOTEMPTY", "EEXIST")) throw error;
    await rm(attempt, { recursive: true, force: true });
  }
  // Its own name, and those of the directories that may be new.
  for (const directory of [shelf, dirname(shelf), dirname(dirname(shelf))]) await sync(directory);
}
