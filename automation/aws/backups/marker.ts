import { createHash } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { TealError } from "../../../model/errors.ts";
import type { Holding, TakenBackup } from "../../backups/provider.ts";
import type { ObjectVersion } from "./versions.ts";

const time = z.iso.datetime();

const contentSchema = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  environment: z.string(),
  tenant: z.string(),
  takenAt: time,
  /** The moment that all of it is of. */
  asOf: time,
  lastWriteAt: time.nullable(),
  /** Null: the tenant had no cluster. */
  database: z
    .strictObject({
      snapshot: z.string(),
      cluster: z.string(),
      bytes: z.int().min(0),
      /** The region that has a copy of it, under the same name; null: none. */
      second: z.string().nullable(),
    })
    .nullable(),
  /** Null: it had no bucket. */
  objects: z
    .strictObject({
      bucket: z.string(),
      count: z.int().min(0),
      bytes: z.int().min(0),
      /** Of the list of versions beside it. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .nullable(),
});
const schema = contentSchema.extend({ checksum: z.string() });
export type MarkerContent = z.infer<typeof contentSchema>;
/** What a backup consists of, kept apart from what it is of. It counts once its marker is there. */
export type Marker = z.infer<typeof schema>;

const version = z.strictObject({ key: z.string(), version: z.string(), bytes: z.int(), etag: z.string() });

export interface Shelf {
  s3: S3Client;
  /** Has the markers. */
  bucket: string;
  of: Holding;
  id: string;
}

const base = ({ of, id }: Shelf): string => `${of.environment}/${of.tenant}/${id}`;
const markerKey = (shelf: Shelf): string => `${base(shelf)}.json`;
const listKey = (shelf: Shelf): string => `${base(shelf)}.versions.ndjson`;

/** Below it are the objects themselves, by their place in the list, where a backup was kept for good. */
export const objectsPrefix = (shelf: Shelf): string => `${base(shelf)}.objects/`;

export function listText(objects: readonly ObjectVersion[]): { text: string; sha256: string } {
  const text = objects.map((one) => `${JSON.stringify(one)}\n`).join("");
  return { text, sha256: createHash("sha256").update(text).digest("hex") };
}

/** The list first: a marker never speaks of one that isn't there. */
export async function writeMarker(shelf: Shelf, content: MarkerContent, list: string | null): Promise<Marker> {
  const { s3, bucket: Bucket } = shelf;
  if (list !== null)
    await s3.send(
      new PutObjectCommand({ Bucket, Key: listKey(shelf), Body: list, ContentLength: Buffer.byteLength(list) }),
    );
  const marker = { ...content, checksum: checksumOf(content) };
  const Body = `${JSON.stringify(marker, null, 2)}\n`;
  await s3.send(new PutObjectCommand({ Bucket, Key: markerKey(shelf), Body, ContentType: "application/json" }));
  return marker;
}

/** Undefined where there is none. @throws TealError `backup_damaged` */
export async function readMarker(shelf: Shelf): Promise<Marker | undefined> {
  const text = await read(shelf, markerKey(shelf));
  if (text === undefined) return undefined;
  let marker: Marker;
  try {
    marker = schema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(shelf, ["its marker can't be read"], cause);
  }
  const { checksum, ...content } = marker;
  const { id, environment, tenant } = marker;
  if (checksumOf(content) !== checksum) throw damaged(shelf, ["its marker is not what was written"]);
  if (id !== shelf.id || environment !== shelf.of.environment || tenant !== shelf.of.tenant)
    throw damaged(shelf, [`its marker is of backup ${id} of tenant ${tenant} in ${environment}`]);
  return marker;
}

/** @throws TealError `backup_missing`, `backup_damaged` */
export async function requireMarker(shelf: Shelf): Promise<Marker> {
  const marker = await readMarker(shelf);
  if (marker) return marker;
  const message = `Expected backup ${shelf.id} of tenant ${shelf.of.tenant} at ${locationOf(shelf)}, but there is none: it was pruned, or never taken.`;
  throw new TealError("backup_missing", message, { data: { id: shelf.id, retriable: false } });
}

/** The versions that a backup holds. @throws TealError `backup_damaged` */
export async function readList(shelf: Shelf, { objects }: Marker): Promise<ObjectVersion[]> {
  if (objects === null) return [];
  const text = await read(shelf, listKey(shelf));
  if (text === undefined) throw damaged(shelf, ["its list of objects is missing"]);
  if (createHash("sha256").update(text).digest("hex") !== objects.sha256)
    throw damaged(shelf, ["its list of objects is not what was written"]);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => version.parse(JSON.parse(line)));
}

/** The marker first, so that no backup is ever there in part. */
export async function removeMarker(shelf: Shelf): Promise<void> {
  const { s3, bucket: Bucket } = shelf;
  for (const Key of [markerKey(shelf), listKey(shelf)]) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
}

export function takenOf(marker: Marker, shelf: Shelf): TakenBackup {
  const { id, takenAt, lastWriteAt, checksum, objects, database } = marker;
  return {
    ...{ id, takenAt, lastWriteAt, checksum },
    bytes: (database?.bytes ?? 0) + (objects?.bytes ?? 0),
    files: objects?.count ?? 0,
    schemaVersion: null,
    location: locationOf(shelf),
  };
}

export function damaged({ id, of }: Shelf, problems: readonly string[], cause?: unknown): TealError {
  const message = `Backup ${id} of tenant ${of.tenant} is not as it was taken: ${problems.slice(0, 5).join("; ")}. Nothing was restored from it: use another.`;
  const data = { id, problems: problems.slice(0, 100), retriable: false };
  return new TealError("backup_damaged", message, { data, cause });
}

const locationOf = (shelf: Shelf): string => `s3://${shelf.bucket}/${markerKey(shelf)}`;

function checksumOf(content: MarkerContent): string {
  const { checksum: _, ...ordered } = schema.parse({ ...content, checksum: "" });
  return `sha256:${createHash("sha256").update(JSON.stringify(ordered)).digest("hex")}`;
}

async function read({ s3, bucket }: Shelf, key: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? "";
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
