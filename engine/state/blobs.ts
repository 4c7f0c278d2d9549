/**
 * Files of the state directory as Pulumi's storage library (the Go CDK's fileblob) has them: each with a sidecar
 * `.attrs` that holds its checksum. Nobody needs the sidecars to read; without them, tools that compare checksums would
 * find files of ours to be without one.
 */
import { createHash } from "node:crypto";
import { rename } from "node:fs/promises";
import { keep, publish, removeIfThere, stage } from "./files.ts";

export interface BlobOptions {
  /** The file before gets this name. */
  readonly keepAs?: string;
  /** `false` for backends that were opened with `?metadata=skip`. */
  readonly attributes: boolean;
}

/** Replaces the file as a whole, durably; the sidecar may be lost in a crash, and is then written with the next change. */
export async function writeBlob(path: string, text: string, { keepAs, attributes }: BlobOptions): Promise<void> {
  const [temporary, sidecar] = await Promise.all([
    stage(path, text),
    attributes ? stage(`${path}.attrs`, attributesOf(text), { sync: false }) : undefined,
  ]);
  if (keepAs) await keepBlob(path, keepAs);
  if (sidecar) await rename(sidecar, `${path}.attrs`);
  await publish(temporary, path);
}

function attributesOf(text: string): string {
  const attributes = {
    "user.cache_control": "",
    "user.content_disposition": "",
    "user.content_encoding": "",
    "user.content_language": "",
    "user.content_type": "text/plain; charset=utf-8",
    "user.metadata": null,
    md5: createHash("md5").update(text).digest("base64"),
  };
  return `${JSON.stringify(attributes)}\n`;
}

/** Gives the file and its sidecar a second name. */
export async function keepBlob(path: string, as: string): Promise<void> {
  await Promise.all([keep(path, as), keep(`${path}.attrs`, `${as}.attrs`)]);
}

export async function removeBlob(path: string): Promise<void> {
  await removeIfThere(path);
  await removeIfThere(`${path}.attrs`);
}

/** JSON as Go's encoder writes it: no spaces, and the two characters escaped that JavaScript once took for line ends. */
export function compactJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
