import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type * as aws from "@pulumi/aws/types/input.js";
import { policy, type Statement } from "../identity/policy.ts";

export interface BucketArgs {
  /** Begins its name, which is the world's: Pulumi adds what makes it the only one. */
  prefix: string;
  /** Key of what is in it; null: S3's own, for what AWS writes only so. */
  key: pulumi.Input<string> | null;
  lifecycle: aws.s3.BucketLifecycleConfigurationRule[];
  /** Who else may do something in it, besides what IAM policies say. */
  statements?: (arn: pulumi.Output<string>) => Statement[];
}

/** Keeps what was replaced or removed for so many days. */
export function keepOldVersions(days: number): aws.s3.BucketLifecycleConfigurationRule {
  return {
    id: "old-versions",
    status: "Enabled",
    filter: { prefix: "" },
    noncurrentVersionExpiration: { noncurrentDays: days },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  };
}

/** A bucket that nobody outside reaches, over TLS only, with every version kept until `lifecycle` says otherwise. */
export function privateBucket(
  name: string,
  { prefix, key, lifecycle, statements = () => [] }: BucketArgs,
  options: pulumi.CustomResourceOptions,
): Bucket {
  const made = new Bucket(name, { bucketPrefix: `${prefix}-`, forceDestroy: false }, options);
  const { id: bucket, arn } = made;
  const closed = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  new BucketPublicAccessBlock(name, { bucket, ...closed }, options);
  new BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, options);
  new BucketVersioning(name, { bucket, versioningConfiguration: { status: "Enabled" } }, options);
  const encryption = key ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: key } : { sseAlgorithm: "AES256" };
  const rules = [{ applyServerSideEncryptionByDefault: encryption, bucketKeyEnabled: key !== null }];
  new BucketServerSideEncryptionConfiguration(name, { bucket, rules }, options);
  new BucketLifecycleConfiguration(name, { bucket, rules: lifecycle }, options);
  const tls: Statement = {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*"],
    Resource: [arn, pulumi.interpolate`${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  new BucketPolicy(name, { bucket, policy: policy([tls, ...statements(arn)]) }, options);
  return made;
}
