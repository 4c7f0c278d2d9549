import { join } from "node:path";
import { TealError } from "../../../model/errors.ts";
import type { TakenBackup } from "../provider.ts";
import { digest } from "./copy.ts";
import { problemsOf } from "./databases.ts";
import { asFailure, isCode } from "./failure.ts";
import { damaged, dataOf, readManifest, takenOf, type ManifestFile } from "./manifest.ts";
import type { Places } from "./places.ts";
import { survey, type Tree } from "./tree.ts";

/**
 * Reads the whole backup: every file that was taken is there with the bytes that it had, nothing else is, and SQLite
 * finds its databases sound. Aborting `signal` rejects with its reason.
 * @throws TealError `backup_missing`, `backup_damaged`
 */
export async function verify(places: Places, signal?: AbortSignal): Promise<TakenBackup> {
  const manifest = await readManifest(places);
  const data = dataOf(places.backup);
  const problems: string[] = [];
  try {
    problems.push(...strangers(await survey(data), manifest));
    for (const file of manifest.files) {
      signal?.throwIfAborted();
      const problem = await problemOf(join(data, file.path), file);
      if (problem !== undefined) problems.push(problem);
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    // What the disk can't read is lost; a file too many for this process is not.
    if (error instanceof TealError || isCode(error, "EIO")) throw damaged(places, [(error as Error).message], error);
    throw asFailure(error, `reading ${data}`, { id: places.id });
  }
  if (problems.length > 0) throw damaged(places, problems);
  return takenOf(manifest, places);
}

function strangers(tree: Tree, manifest: { files: { path: string }[]; directories: { path: string }[] }): string[] {
  const known = new Set([...manifest.files, ...manifest.directories].map(({ path }) => path));
  const there = new Set([...tree.files, ...tree.directories].map(({ path }) => path));
  return [
    ...[...there].filter((path) => !known.has(path)).map((path) => `${path} was not in it`),
    ...manifest.directories.filter(({ path }) => !there.has(path)).map(({ path }) => `${path || "data"} is missing`),
  ];
}

async function problemOf(path: string, file: ManifestFile): Promise<string | undefined> {
  const found = await digest(path).catch((error: unknown) => {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (found === undefined) return `${file.path} is missing`;
  if (found.bytes !== file.bytes) return `${file.path} has ${found.bytes} bytes instead of ${file.bytes}`;
  if (found.sha256 !== file.sha256) return `${file.path} has other bytes than it had`;
  const wrong = file.kind === "sqlite" ? await problemsOf(path) : [];
  return wrong.length > 0 ? `${file.path} is no sound database: ${wrong.join(", ")}` : undefined;
}
