import { DescribeKeyCommand, type KMSClient } from "@aws-sdk/client-kms";
import {
  GetBucketEncryptionCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { BucketThere } from "../../adopting/dataThere.ts";
import { tagsOf } from "./tags.ts";

export interface BucketClients {
  s3: S3Client;
  kms: KMSClient;
}

/** Null: there is none of that name, whosever; `elsewhere`: the region that it is in, where that is not the client's. */
export async function describeBucket(
  { s3, kms }: BucketClients,
  Bucket: string,
): Promise<BucketThere | { elsewhere: string } | null> {
  const [region, here] = [await regionOf(s3, Bucket), await s3.config.region()];
  if (region === null) return null;
  if (region !== here) return { elsewhere: region };
  const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
  return {
    versioned: Status === "Enabled",
    key: await keyOf({ s3, kms }, Bucket),
    closed: await isClosed(s3, Bucket),
    tags: await orIfNone(
      s3.send(new GetBucketTaggingCommand({ Bucket })).then(({ TagSet }) => tagsOf(TagSet)),
      "NoSuchTagSet",
      {},
    ),
  };
}

interface HeadError {
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/** HEAD has no body that would say what went wrong: the status does, and a header where the bucket is. */
async function regionOf(s3: S3Client, Bucket: string): Promise<string | null> {
  try {
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket }));
    return BucketRegion ?? (await s3.config.region());
  } catch (error) {
    const { $metadata, $response } = error as HeadError;
    if ($metadata?.httpStatusCode === 404) return null;
    const elsewhere = $response?.headers?.["x-amz-bucket-region"];
    if ($metadata?.httpStatusCode === 301 && elsewhere !== undefined) return elsewhere;
    throw error;
  }
}

/** By S3's own keys (SSE-S3) and by AWS's key for S3 (aws/s3, which is named by no id) everybody may who may read the bucket. */
async function keyOf({ s3, kms }: BucketClients, Bucket: string): Promise<string | null> {
  const rules = await orIfNone(
    s3.send(new GetBucketEncryptionCommand({ Bucket })).then((told) => told.ServerSideEncryptionConfiguration?.Rules),
    "ServerSideEncryptionConfigurationNotFoundError",
    [],
  );
  const id = rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
  if (id === undefined || id === "") return null;
  if (/^arn:[^:]+:kms:[^:]+:\d+:key\//.test(id)) return id;
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
  if (KeyMetadata?.Arn === undefined) throw new Error(`KMS does not say which key ${id} is.`);
  return KeyMetadata.Arn;
}

async function isClosed(s3: S3Client, Bucket: string): Promise<boolean> {
  const told = s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  const blocked = await orIfNone(
    told.then(({ PublicAccessBlockConfiguration }) => PublicAccessBlockConfiguration),
    "NoSuchPublicAccessBlockConfiguration",
    undefined,
  );
  const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = blocked ?? {};
  return [BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets].every((one) => one === true);
}

async function orIfNone<T>(asked: Promise<T>, none: string, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === none) return otherwise;
    throw error;
  }
}
