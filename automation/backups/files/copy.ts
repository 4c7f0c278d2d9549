import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { TealError } from "../../../model/errors.ts";

/** What was copied. */
export interface Copied {
  bytes: number;
  sha256: string;
}

const chunk = 1 << 20;
const triesAtMost = 5;

/**
 * Copies one file and has it on disk when it resolves. One that changes meanwhile is copied again.
 * @throws TealError `backup_source_busy` where it never holds still; rejects with ENOENT where it is gone
 */
export async function copyFile(from: string, to: string, signal?: AbortSignal): Promise<Copied> {
  for (let tried = 1; tried <= triesAtMost; tried += 1) {
    const copied = await copyOnce(from, to, signal);
    if (copied !== undefined) return copied;
  }
  const message = `${from} changed while it was copied, ${triesAtMost} times over. Take the backup while less is written to it.`;
  throw new TealError("backup_source_busy", message, { data: { file: from } });
}

async function copyOnce(from: string, to: string, signal?: AbortSignal): Promise<Copied | undefined> {
  await using source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW);
  await using target = await open(to, "w", 0o600);
  const before = await source.stat({ bigint: true });
  const copied = await pour(source, Number(before.size), target, signal);
  await target.sync();
  const after = await source.stat({ bigint: true });
  const still = before.size === after.size && before.mtimeNs === after.mtimeNs && before.ctimeNs === after.ctimeNs;
  return still ? copied : undefined;
}

/** What a file holds, by its bytes. */
export async function digest(path: string): Promise<Copied> {
  await using source = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  return await pour(source, (await source.stat()).size);
}

/** Not to the end of the file: that may go away as fast as one comes nearer. */
async function pour(source: FileHandle, size: number, target?: FileHandle, signal?: AbortSignal): Promise<Copied> {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(Math.min(chunk, size));
  let bytes = 0;
  while (bytes < size) {
    signal?.throwIfAborted();
    const { bytesRead } = await source.read(buffer, 0, Math.min(chunk, size - bytes), bytes);
    if (bytesRead === 0) break;
    const part = buffer.subarray(0, bytesRead);
    hash.update(part);
    await target?.writeFile(part);
    bytes += bytesRead;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Has on disk what the file or directory is now. */
export async function sync(path: string): Promise<void> {
  await using handle = await open(path, constants.O_RDONLY);
  await handle.sync();
}
