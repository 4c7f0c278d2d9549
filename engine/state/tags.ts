/** A stack's tags, in a file beside its checkpoint: `<stack>.pulumi-tags`. */
import { TealError } from "../../model/errors.ts";
import { paths, type Backend } from "./backend.ts";
import { compactJson } from "./blobs.ts";
import type { StackId } from "./urn.ts";

export type Tags = Readonly<Record<string, string>>;

export async function readTags(backend: Backend, id: StackId): Promise<Tags> {
  const path = paths.tags(backend, id);
  const text = await backend.store.read(path);
  if (text === undefined) return {};
  const { version, tags } = JSON.parse(text) as { version: number; tags: Tags | null };
  if (version !== 1)
    throw new TealError(
      "tags_version",
      `expected stack tags of version 1 in ${backend.store.show(path)}, got version ${version}`,
    );
  return tags ?? {};
}

/** No tags, no file. */
export async function writeTags(backend: Backend, id: StackId, tags: Tags): Promise<void> {
  const path = paths.tags(backend, id);
  const sorted = Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (Object.keys(sorted).length === 0) await backend.store.remove([path]);
  else await backend.store.write(path, compactJson({ version: 1, tags: sorted }));
}
