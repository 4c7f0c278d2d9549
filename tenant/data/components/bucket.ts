import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import { bucketNameOf } from "../../plan/data/names.ts";
import { bucketPolicy } from "../../plan/data/policies.ts";
import type { BucketTerms } from "../../plan/data/tiers.ts";
import { kept } from "../kept.ts";
import type { DataContext } from "../program.ts";

export interface TenantBucketArgs {
  terms: BucketTerms;
  key: pulumi.Output<string>;
}

/** The tenant's bucket: nobody outside reaches it, and every version of an object is kept for as long as `terms` says. */
export function tenantBucket(
  { spec, platform }: DataContext,
  { terms, key }: TenantBucketArgs,
  options: pulumi.CustomResourceOptions,
): Bucket {
  const named = { bucket: bucketNameOf(spec, platform), forceDestroy: spec.leaving !== undefined };
  const made = new Bucket("bucket", named, kept(spec, options));
  const { id: bucket, arn } = made;
  const closed = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  const blocked = new BucketPublicAccessBlock("bucket", { bucket, ...closed }, options);
  new BucketOwnershipControls("bucket", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, options);
  const versioning = new BucketVersioning(
    "bucket",
    { bucket, versioningConfiguration: { status: "Enabled" } },
    kept(spec, options),
  );
  const encryption = { sseAlgorithm: "aws:kms", kmsMasterKeyId: key };
  const rules = [{ applyServerSideEncryptionByDefault: encryption, bucketKeyEnabled: true }];
  new BucketServerSideEncryptionConfiguration("bucket", { bucket, rules }, kept(spec, options));
  new BucketLifecycleConfiguration(
    "bucket",
    { bucket, rules: lifecycle(terms) },
    { ...options, dependsOn: [versioning] },
  );
  const policy = pulumi.all([arn, key]).apply((arns) => JSON.stringify(bucketPolicy(spec, platform, ...arns)));
  // S3 takes one change of a bucket's access at a time.
  new BucketPolicy("bucket", { bucket, policy }, { ...options, dependsOn: [blocked] });
  return made;
}

function lifecycle({ oldVersionDays }: TenantBucketArgs["terms"]) {
  return [
    {
      id: "old-versions",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
      expiration: { expiredObjectDeleteMarker: true },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
    },
  ];
}
