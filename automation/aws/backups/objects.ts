import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  paginateListObjectsV2,
  UploadPartCopyCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ObjectVersion } from "./versions.ts";

const atOnce = 8;
/** S3 copies no more than 5 GiB at one go, and in parts of at most so much. */
const copyAtMost = 5 * 2 ** 30;
const partBytes = 2 ** 30;

/**
 * Brings a bucket back to these versions: each becomes the newest again, and what is not among them is deleted. Nothing is lost by
 * it, since the versions that were there stay. Asked again, as after a crash, it goes on with what isn't as it should be yet.
 */
export async function bringBack(
  s3: S3Client,
  bucket: string,
  wanted: readonly ObjectVersion[],
  signal: AbortSignal,
): Promise<void> {
  const now = new Map<string, { bytes: number; etag: string }>();
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket }))
    for (const { Key, Size, ETag } of page.Contents ?? []) now.set(Key ?? "", { bytes: Size ?? 0, etag: ETag ?? "" });
  const keys = new Set(wanted.map(({ key }) => key));
  const others = wanted.filter(({ key, etag, bytes }) => now.get(key)?.etag !== etag || now.get(key)?.bytes !== bytes);
  await each(others, signal, (one) => copyVersion(s3, { bucket, one }, { bucket, key: one.key }));
  const strangers = [...now.keys()].filter((key) => !keys.has(key));
  await each(strangers, signal, async (Key) => void (await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))));
}

/** Makes that version the newest of `to`. */
export async function copyVersion(
  s3: S3Client,
  { bucket, one }: { bucket: string; one: ObjectVersion },
  to: { bucket: string; key: string },
): Promise<void> {
  const CopySource = `${bucket}/${encodeURIComponent(one.key)}?versionId=${encodeURIComponent(one.version)}`;
  if (one.bytes > copyAtMost) return await copyInParts(s3, { ...to, CopySource, bytes: one.bytes });
  await s3.send(new CopyObjectCommand({ Bucket: to.bucket, Key: to.key, CopySource }));
}

async function copyInParts(
  s3: S3Client,
  { bucket: Bucket, key: Key, CopySource, bytes }: { bucket: string; key: string; CopySource: string; bytes: number },
): Promise<void> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const upload = { Bucket, Key, UploadId };
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let from = 0; from < bytes; from += partBytes) {
      const PartNumber = Parts.length + 1;
      const CopySourceRange = `bytes=${from}-${Math.min(from + partBytes, bytes) - 1}`;
      const copied = await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber, CopySource, CopySourceRange }));
      Parts.push({ PartNumber, ETag: copied.CopyPartResult?.ETag });
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

export async function each<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) {
      signal.throwIfAborted();
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
