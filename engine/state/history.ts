/** What was done to a stack: `<stack>-<unix ns>.history.json` with the checkpoint of then beside it, and backups. */
import { join } from "node:path";
import type { JsonObject } from "../values/property.ts";
import { paths, type Backend } from "./backend.ts";
import { compactJson } from "./blobs.ts";
import type { Store } from "./store.ts";
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

/** Adds an entry, with the checkpoint as it is now, and drops the oldest. */
export async function addHistory(backend: Backend, id: StackId, entry: HistoryEntry): Promise<void> {
  const { store } = backend;
  const directory = paths.history(backend, id);
  const prefix = join(directory, `${id.stack}-${unixNanoseconds()}`);
  await store.write(`${prefix}.history.json`, compactJson(entry));
  await store.keep(paths.stack(backend, id), `${prefix}.checkpoint.json`);
  await prune(store, directory, (name) => /-(\d+)\.(?:history|checkpoint)\.json(?:\.attrs)?$/.exec(name)?.[1]);
}

export async function backUp(backend: Backend, id: StackId): Promise<void> {
  const { store } = backend;
  const directory = paths.backups(backend, id);
  await store.keep(paths.stack(backend, id), join(directory, `${id.stack}.${unixNanoseconds()}.json`));
  await prune(store, directory, (name) => /\.(\d+)\.json(?:\.attrs)?$/.exec(name)?.[1]);
}

async function prune(store: Store, directory: string, momentOf: (name: string) => string | undefined): Promise<void> {
  const files = (await store.names(directory)).flatMap((name) => {
    const moment = momentOf(name);
    return moment === undefined ? [] : [{ name, moment: BigInt(moment) }];
  });
  const moments = [...new Set(files.map((file) => file.moment))].sort((a, b) => (a < b ? 1 : -1));
  const oldest = moments[keptHistory - 1];
  if (oldest === undefined) return;
  await store.remove(files.filter((file) => file.moment < oldest).map((file) => join(directory, file.name)));
}

/** The stack's history, newest first. `limit` bounds how many are read. */
export async function readHistory(backend: Backend, id: StackId, skip = 0, limit = Infinity): Promise<HistoryEntry[]> {
  const { store } = backend;
  const directory = paths.history(backend, id);
  const files = (await store.names(directory)).filter((name) => name.endsWith(".history.json")).reverse();
  const texts = await Promise.all(files.slice(skip, skip + limit).map((name) => store.read(join(directory, name))));
  return texts.flatMap((text) => (text === undefined ? [] : [JSON.parse(text) as HistoryEntry]));
}

/** Takes the history along when a stack gets another name. */
export async function renameHistory(backend: Backend, from: StackId, to: StackId): Promise<void> {
  await backend.store.moveAll(paths.history(backend, from), paths.history(backend, to), (name) => {
    const dash = name.lastIndexOf("-");
    return name.slice(0, dash) === from.stack ? to.stack + name.slice(dash) : undefined;
  });
}
