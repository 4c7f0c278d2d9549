/** The calls of S3 that state needs. All of AWS's SDK is in here, and loaded only where state lies in S3. */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { isMissingObject } from "./errors.ts";
import type { S3Place } from "./url.ts";

/** At most as often as this a call is made, with growing pauses of random length between. */
const maxAttempts = 6;

/** One per place and thread: it keeps connections, and credentials until they expire. */
const clients = new Map<string, S3Client>();

export function clientOf(place: S3Place): S3Client {
  const key = JSON.stringify({ ...place, url: "", bucket: "", prefix: "" });
  const client = clients.get(key) ?? makeClient(place);
  clients.set(key, client);
  return client;
}

function makeClient(place: S3Place): S3Client {
  const { region, endpoint, profile, pathStyle, dualStack, fips, accelerate } = place;
  return new S3Client({
    maxAttempts,
    retryMode: "standard",
    // An answer that never comes is no answer: another may take the lock over meanwhile.
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(profile !== undefined && { profile }),
    ...(pathStyle !== undefined && { forcePathStyle: pathStyle }),
    ...(dualStack !== undefined && { useDualstackEndpoint: dualStack }),
    ...(fips !== undefined && { useFipsEndpoint: fips }),
    ...(accelerate !== undefined && { useAccelerateEndpoint: accelerate }),
    ...(place.requestChecksum && { requestChecksumCalculation: place.requestChecksum }),
    ...(place.responseChecksum && { responseChecksumValidation: place.responseChecksum }),
  });
}

export interface Found {
  readonly text: string;
  /** Another for every write, whatever was written. */
  readonly etag: string;
}

export async function getObject(place: S3Place, key: string): Promise<Found | undefined> {
  try {
    const { Body, ETag } = await clientOf(place).send(new GetObjectCommand({ Bucket: place.bucket, Key: key }));
    return { text: (await Body?.transformToString()) ?? "", etag: ETag ?? "" };
  } catch (error) {
    if (isMissingObject(error)) return undefined;
    throw error;
  }
}

/** What must be true for a write: nothing, that there is no such object, or that it is the one with this ETag. */
export type Condition = "any" | "missing" | { readonly etag: string };

export async function putObject(place: S3Place, key: string, text: string, condition: Condition): Promise<string> {
  const input: PutObjectCommandInput = {
    ...{ Bucket: place.bucket, Key: key, Body: text, ContentType: "text/plain; charset=utf-8" },
    ...encryption(place),
    ...(condition === "missing" ? { IfNoneMatch: "*" } : condition === "any" ? {} : { IfMatch: condition.etag }),
  };
  return (await clientOf(place).send(new PutObjectCommand(input))).ETag ?? "";
}

/** False where there is nothing to copy. */
export async function copyObject(place: S3Place, key: string, to: string): Promise<boolean> {
  const source = [place.bucket, ...key.split("/")].map(encodeURIComponent).join("/");
  try {
    const input = { Bucket: place.bucket, Key: to, CopySource: source, ...encryption(place) };
    await clientOf(place).send(new CopyObjectCommand(input));
    return true;
  } catch (error) {
    if (isMissingObject(error)) return false;
    throw error;
  }
}

function encryption({ encryption }: S3Place) {
  if (!encryption) return {};
  return {
    ServerSideEncryption: encryption.type,
    ...(encryption.key !== undefined && { SSEKMSKeyId: encryption.key }),
  };
}

export async function deleteObject(place: S3Place, key: string, etag: string): Promise<void> {
  await clientOf(place).send(new DeleteObjectCommand({ Bucket: place.bucket, Key: key, IfMatch: etag }));
}

/** As many at once as S3 takes. */
const deletedAtOnce = 1000;

export async function deleteObjects(place: S3Place, keys: readonly string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += deletedAtOnce) {
    const Objects = keys.slice(from, from + deletedAtOnce).map((Key) => ({ Key }));
    const input = { Bucket: place.bucket, Delete: { Objects, Quiet: true } };
    const { Errors = [] } = await clientOf(place).send(new DeleteObjectsCommand(input));
    const [failed] = Errors;
    if (failed) throw Object.assign(new Error(failed.Message ?? "not deleted"), { name: failed.Code ?? "Unknown" });
  }
}

export interface Listed {
  readonly key: string;
  readonly etag: string;
  /** Milliseconds since it was last written, by S3's own clock. */
  readonly age: number;
}

/** Objects, and names of what lies deeper, right below `directory/`. */
export async function listObjects(
  place: S3Place,
  directory: string,
  { deep = false }: { deep?: boolean } = {},
): Promise<{ objects: Listed[]; directories: string[] }> {
  const Prefix = `${directory}/`;
  const objects: Listed[] = [];
  const directories: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      ...{ Bucket: place.bucket, Prefix },
      ...(!deep && { Delimiter: "/" }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
    });
    let now = Date.now();
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { headers } = result.response as { headers?: Record<string, string> };
        now = Date.parse(headers?.["date"] ?? "") || now;
        return result;
      },
      { step: "deserialize", priority: "high" },
    );
    const page = await clientOf(place).send(command);
    for (const { Key = "", ETag = "", LastModified } of page.Contents ?? [])
      if (Key !== Prefix) objects.push({ key: Key, etag: ETag, age: now - (LastModified?.getTime() ?? now) });
    for (const { Prefix: found = "" } of page.CommonPrefixes ?? [])
      directories.push(found.slice(Prefix.length).replace(/\/$/, ""));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return { objects, directories };
}
