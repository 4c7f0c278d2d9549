/** State in a bucket of S3, key by key as Pulumi's own backend has it. */
import { TealError } from "../../../model/errors.ts";
import type { Lock, Store } from "../store.ts";
import { s3Error, stateChanged } from "./errors.ts";
import type { S3Place } from "./url.ts";

/** By place and key: when the mark of the layout was last seen. It never changes, and every command asks for it. */
const layouts = new Map<string, { text: string; seen: number }>();
const layoutMs = 10 * 60_000;
const atOnce = 16;

/**
 * For one command. It remembers what it read first, and wrote since: a write replaces that and nothing else, so that a writer
 * whose lock another has taken can't overwrite what that one wrote. Throws `state_changed`, `stack_lock_lost`, and the
 * errors of S3 (`state_s3_…`).
 */
export function s3Store(place: S3Place): Store {
  /** ETags by key; null: there was none. */
  const known = new Map<string, string | null>();
  const kept = new Set<string>();
  let lock: Lock | undefined;
  const show = (key: string) => showKey(place, key);

  const read = async (key: string) => {
    const layout = layouts.get(`${place.url} ${key}`);
    if (layout && Date.now() - layout.seen < layoutMs) return layout.text;
    const { getObject } = await import("./objects.ts");
    const found = await asked(place, `read ${key}`, getObject(place, key));
    if (!known.has(key)) known.set(key, found?.etag ?? null);
    if (found && key.endsWith(".pulumi/meta.yaml"))
      layouts.set(`${place.url} ${key}`, { text: found.text, seen: Date.now() });
    return found?.text;
  };
  const list = async (directory: string, options: { deep?: boolean } = {}) => {
    const { listObjects } = await import("./objects.ts");
    return asked(place, `list ${directory}/`, listObjects(place, directory, options));
  };
  const keep = async (key: string, as: string) => {
    lock?.lost.throwIfAborted();
    const { copyObject } = await import("./objects.ts");
    await asked(place, `copy ${key}`, copyObject(place, key, as));
  };
  const remove = async (keys: readonly string[]) => {
    lock?.lost.throwIfAborted();
    if (keys.length === 0) return;
    const { deleteObjects } = await import("./objects.ts");
    await asked(place, `remove ${keys[0]}`, deleteObjects(place, keys));
    for (const key of keys) known.set(key, null);
  };

  return {
    read,
    names: async (directory) => {
      const { objects, directories } = await list(directory);
      const names = objects.map(({ key }) => key.slice(directory.length + 1));
      return [...new Set([...names, ...directories])].sort();
    },
    write: async (key, text, { keepAs } = {}) => {
      const before = known.get(key);
      // An object is replaced whole or not at all, so what is kept is what the command found, not each step of its own.
      if (keepAs && before && !kept.has(key)) await keep(key, keepAs);
      kept.add(key);
      lock?.lost.throwIfAborted();
      const { putIf } = await import("./conditional.ts");
      const condition = before === undefined ? "any" : before === null ? "missing" : { etag: before };
      const etag = await asked(place, `write ${key}`, putIf(place, key, text, condition));
      if (etag === undefined) throw stateChanged(show(key));
      known.set(key, etag);
    },
    keep,
    remove,
    removeAll: async (directory) => remove((await list(directory, { deep: true })).objects.map(({ key }) => key)),
    moveAll: async (from, to, nameOf) => {
      const moved = (await list(from)).objects.flatMap(({ key }) => {
        const name = nameOf(key.slice(from.length + 1));
        return name === undefined ? [] : [{ key, to: `${to}/${name}` }];
      });
      for (let at = 0; at < moved.length; at += atOnce)
        await Promise.all(moved.slice(at, at + atOnce).map((each) => keep(each.key, each.to)));
      await remove(moved.map(({ key }) => key));
    },
    lock: async (directory) => {
      const { lockInS3 } = await import("./lock.ts");
      const held = await asked(place, `lock ${directory}`, lockInS3(place, directory, show));
      const release = () => asked(place, `unlock ${directory}`, held.release());
      return (lock = { ...held, release, [Symbol.asyncDispose]: release });
    },
    show,
  };
}

/** As the CLI shows a lock: the backend's URL, with the key in its path. */
function showKey({ url, bucket }: S3Place, key: string): string {
  const [, query] = /(\?[^#]*)/.exec(url) ?? [];
  return `s3://${bucket}/${key}${query ?? ""}`;
}

async function asked<T>(place: S3Place, action: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof TealError ? error : s3Error(place, action, error);
  }
}
