import { DeleteObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { objectsPrefix, type Shelf } from "./marker.ts";
import { copyVersion, each } from "./objects.ts";
import type { ObjectVersion } from "./versions.ts";

/** Copies a backup's objects from the tenant's bucket to beside its marker: `….objects/<n>`, n their line in the list, from 0. */
export async function keepObjects(
  shelf: Shelf,
  from: string,
  objects: readonly ObjectVersion[],
  signal: AbortSignal,
): Promise<void> {
  const there = await kept(shelf);
  const copies = objects.map((one, line) => ({ one, key: `${objectsPrefix(shelf)}${line}` }));
  const missing = copies.filter(({ one, key }) => there.get(key) !== one.bytes);
  const { s3, bucket } = shelf;
  await each(missing, signal, ({ one, key }) => copyVersion(s3, { bucket: from, one }, { bucket, key }));
}

/** Removing what is gone is fine. */
export async function removeKept(shelf: Shelf, signal: AbortSignal): Promise<void> {
  const { s3, bucket: Bucket } = shelf;
  await each([...(await kept(shelf)).keys()], signal, async (Key) => {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  });
}

/** Bytes by key. */
async function kept(shelf: Shelf): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const all = { Bucket: shelf.bucket, Prefix: objectsPrefix(shelf) };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: shelf.s3 }, all))
    for (const { Key, Size } of Contents) if (Key !== undefined) found.set(Key, Size ?? 0);
  return found;
}
