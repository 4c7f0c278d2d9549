/** What was done to a stack: `<stack>-<unix ns>.history.json` with the checkpoint of then beside it, and backups. */
import { join } from "node:path";
import type { JsonObject } from "../values/property.ts";
import { names, paths, type Backend } from "./backend.ts";
import { compactJson, keepBlob, writeBlob } from "./blobs.ts";
import { isMissing, readIfThere, removeIfThere } from "./files.ts";
import { mkdir, rename, rmdir } from "node:fs/promises";
import { unixNanoseconds } from "./timestamp.ts";
import type { StackId } from "./urn.ts";

/** Newest kept of a stack's history, and of its backups. */
export const keptHistory = 20;

export interface HistoryEntry {
  readonly kind: string;
  /** Unix seconds. */
  readonly startTime: number;
  readonly message: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly config: JsonObject;
  readonly version: number;
  readonly result: "succeeded" | "failed" | "in-progress";
  readonly endTime: number;
  readonly resourceChanges?: Readonly<Record<string, number>>;
}

/** Adds an entry and drops the oldest. The checkpoint is linked, not copied: checkpoints are never written in place. */
export async function addHistory(backend: Backend, id: StackId, entry: HistoryEntry): Promise<void> {
  const directory = paths.history(backend, id);
  const prefix = join(directory, `${id.stack}-${unixNanoseconds()}`);
  await writeBlob(`${prefix}.history.json`, compactJson(entry), { attributes: backend.attributes });
  await keepBlob(paths.stack(backend, id), `${prefix}.checkpoint.json`);
  await prune(directory, (name) => /-(\d+)\.(?:history|checkpoint)\.json(?:\.attrs)?$/.exec(name)?.[1]);
}

export async function backUp(backend: Backend, id: StackId): Promise<void> {
  const directory = paths.backups(backend, id);
  await mkdir(directory, { recursive: true });
  await keepBlob(paths.stack(backend, id), join(directory, `${id.stack}.${unixNanoseconds()}.json`));
  await prune(directory, (name) => /\.(\d+)\.json(?:\.attrs)?$/.exec(name)?.[1]);
}

async function prune(directory: string, momentOf: (name: string) => string | undefined): Promise<void> {
  const files = (await names(directory)).flatMap((name) => {
    const moment = momentOf(name);
    return moment === undefined ? [] : [{ name, moment: BigInt(moment) }];
  });
  const moments = [...new Set(files.map((file) => file.moment))].sort((a, b) => (a < b ? 1 : -1));
  const oldest = moments[keptHistory - 1];
  if (oldest === undefined) return;
  for (const file of files) if (file.moment < oldest) await removeIfThere(join(directory, file.name));
}

/** The stack's history, newest first. `limit` bounds how many are read. */
export async function readHistory(backend: Backend, id: StackId, skip = 0, limit = Infinity): Promise<HistoryEntry[]> {
  const directory = paths.history(backend, id);
  const files = (await names(directory)).filter((name) => name.endsWith(".history.json")).reverse();
  const texts = await Promise.all(files.slice(skip, skip + limit).map((name) => readIfThere(join(directory, name))));
  return texts.flatMap((text) => (text === undefined ? [] : [JSON.parse(text) as HistoryEntry]));
}

/** Takes the history along when a stack gets another name. */
export async function renameHistory(backend: Backend, from: StackId, to: StackId): Promise<void> {
  const source = paths.history(backend, from);
  const target = paths.history(backend, to);
  await mkdir(target, { recursive: true });
  for (const name of await names(source)) {
    const dash = name.lastIndexOf("-");
    if (name.slice(0, dash) === from.stack) await rename(join(source, name), join(target, to.stack + name.slice(dash)));
  }
  await rmdir(source).catch((cause: unknown) => {
    if (!isMissing(cause)) throw cause;
  });
}
