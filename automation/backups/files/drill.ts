import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Drilled } from "../provider.ts";
import { copyFile, digest } from "./copy.ts";
import { problemsOf } from "./databases.ts";
import { asFailure } from "./failure.ts";
import { damaged, dataOf, readManifest, takenOf, type Manifest, type ManifestFile } from "./manifest.ts";
import { drillScratch, drillScratches, type Places } from "./places.ts";
import { verify } from "./verify.ts";

/**
 * Goes the way of a restore, into a directory on the shelf that nobody mounts: the backup is read through, copied, and the
 * copies are read and opened. Nothing of it stays, whatever comes of it.
 */
export async function drill(places: Places, signal: AbortSignal): Promise<Drilled> {
  await sweepScratches(places);
  const began = performance.now();
  await verify(places, signal);
  const manifest = await readManifest(places);
  const scratch = drillScratch(places);
  try {
    signal.throwIfAborted();
    await fill(scratch, manifest, places, signal);
    await check(scratch, manifest, places, signal);
    const seconds = (performance.now() - began) / 1000;
    const { bytes, files, checksum, takenAt, lastWriteAt } = takenOf(manifest, places);
    return { restoredTo: takenAt, newestWriteAt: lastWriteAt, checksum, bytes, files, seconds };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw asFailure(error, `the restore drill of ${places.backup}`, { id: places.id });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What drills that a crash cut off have left: a tenant has one at a time, so they are nobody's. */
export async function sweepScratches(places: Places): Promise<void> {
  for (const left of await drillScratches(places)) await rm(left, { recursive: true, force: true });
}

async function fill(scratch: string, manifest: Manifest, places: Places, signal: AbortSignal): Promise<void> {
  for (const { path } of manifest.directories) await mkdir(join(scratch, path), { mode: 0o700 });
  for (const { path } of manifest.files) {
    signal.throwIfAborted();
    await copyFile(join(dataOf(places.backup), path), join(scratch, path), signal);
  }
}

async function check(scratch: string, manifest: Manifest, places: Places, signal: AbortSignal): Promise<void> {
  const problems: string[] = [];
  for (const file of manifest.files) {
    signal.throwIfAborted();
    problems.push(...(await problemsWith(join(scratch, file.path), file)));
  }
  if (problems.length > 0) throw damaged(places, problems);
}

async function problemsWith(path: string, file: ManifestFile): Promise<string[]> {
  const { sha256 } = await digest(path);
  if (sha256 !== file.sha256) return [`${file.path} came back with other bytes than it had`];
  const wrong = file.kind === "sqlite" ? await problemsOf(path) : [];
  return wrong.length > 0 ? [`${file.path} came back as no sound database: ${wrong.join(", ")}`] : [];
}
