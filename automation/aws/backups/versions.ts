import {
  ListObjectVersionsCommand,
  type DeleteMarkerEntry,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion as S3Version,
  type S3Client,
} from "@aws-sdk/client-s3";

/** One object as it was at a moment. */
export interface ObjectVersion {
  key: string;
  version: string;
  bytes: number;
  etag: string;
}

interface Listed extends ObjectVersion {
  /** It was deleted then. */
  deleted: boolean;
  modifiedAt: Date;
  /** Of all there are of its key. */
  latest: boolean;
}

/** A bucket's versions of all objects, deletions included; of each object the newest first. Kept for as long as its lifecycle says. */
export async function* allVersions(s3: S3Client, bucket: string, signal?: AbortSignal): AsyncGenerator<Listed> {
  for (let from: { KeyMarker?: string; VersionIdMarker?: string } | null = {}; from !== null;) {
    signal?.throwIfAborted();
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, ...from }),
    );
    const versions = (page.Versions ?? []).map((one) =>
      listed(one, { bytes: one.Size, etag: one.ETag, deleted: false }),
    );
    const markers = (page.DeleteMarkers ?? []).map((one) => listed(one, { deleted: true }));
    // S3 lists them apart: within a page each is in the order of keys, then newest first.
    yield* [...versions, ...markers].sort(byKeyThenNewest);
    const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
    from = IsTruncated
      ? {
          ...(NextKeyMarker !== undefined && { KeyMarker: NextKeyMarker }),
          ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
        }
      : null;
  }
}

/** S3 counts in seconds: of two within one the latest of all is the newer. */
function byKeyThenNewest(a: Listed, b: Listed): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return b.modifiedAt.getTime() - a.modifiedAt.getTime() || Number(b.latest) - Number(a.latest);
}

function listed(
  { Key: key, VersionId: version, LastModified: modifiedAt, IsLatest }: S3Version | DeleteMarkerEntry,
  { bytes = 0, etag = "", deleted }: { bytes?: number | undefined; etag?: string | undefined; deleted: boolean },
): Listed {
  if (key === undefined || version === undefined || modifiedAt === undefined)
    throw new Error("S3 listed a version without key, id or time.");
  return { key, version, bytes, etag, deleted, modifiedAt, latest: IsLatest === true };
}

/** What the bucket held at `time`, by key; and when it was last written to by then, null: never. */
export async function heldAt(
  s3: S3Client,
  bucket: string,
  time: Date,
  signal?: AbortSignal,
): Promise<{ objects: ObjectVersion[]; lastWriteAt: Date | null }> {
  const newest = new Map<string, Listed>();
  for await (const one of allVersions(s3, bucket, signal)) {
    if (one.modifiedAt > time) continue;
    const before = newest.get(one.key);
    // Of two within a second the one that comes first is the newer.
    if (!before || one.modifiedAt > before.modifiedAt) newest.set(one.key, one);
  }
  const all = [...newest.values()];
  const last = all.reduce<Date | null>((a, { modifiedAt }) => (a && a > modifiedAt ? a : modifiedAt), null);
  const objects = all.filter(({ deleted }) => !deleted);
  return {
    objects: objects.map(({ key, version, bytes, etag }) => ({ key, version, bytes, etag })),
    lastWriteAt: last,
  };
}
