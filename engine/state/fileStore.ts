/** State in a directory, as Pulumi's file backend has it. */
import { mkdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { keepBlob, removeBlob, writeBlob } from "./blobs.ts";
import { lockDirectory } from "./fileLock.ts";
import { isMissing, namesIn, readIfThere, removeIfThere } from "./files.ts";
import type { Store } from "./store.ts";

/** `attributes`: whether files get their `.attrs`. */
export function fileStore(attributes: boolean): Store {
  return {
    read: readIfThere,
    names: namesIn,
    write: (path, text, { keepAs } = {}) => writeBlob(path, text, { attributes, ...(keepAs && { keepAs }) }),
    // Linked, not copied: files of state are never written in place.
    keep: async (path, as) => {
      await mkdir(dirname(as), { recursive: true });
      await keepBlob(path, as);
    },
    remove: async (paths) => {
      for (const path of paths) await (path.endsWith(".attrs") ? removeIfThere(path) : removeBlob(path));
    },
    removeAll: (directory) => rm(directory, { recursive: true, force: true }),
    moveAll,
    lock: lockDirectory,
    show: (path) => path,
  };
}

async function moveAll(from: string, to: string, nameOf: (name: string) => string | undefined): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await namesIn(from)) {
    const moved = nameOf(name);
    if (moved !== undefined) await rename(join(from, name), join(to, moved));
  }
  await rmdir(from).catch((cause: unknown) => {
    if (!isMissing(cause)) throw cause;
  });
}
