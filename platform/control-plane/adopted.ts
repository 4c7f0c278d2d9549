import type { PlatformConfig } from "../config/schema.ts";
import type { Statement } from "../identity/policy.ts";

/**
 * What Teal's pods need to look at, back up and restore just what the config names (docs/adopting.md); to change or delete none of it. Clusters
 * are described by rights that Teal has to all. By the policy that has them: each has an end to what it holds.
 */
export function adoptedRights({ account, region, controlPlane }: PlatformConfig): Record<string, Statement[]> {
  const { clusters, buckets, keys } = controlPlane.tenantData?.adopted ?? { clusters: [], buckets: [], keys: [] };
  const held = [
    ...(clusters.length > 0
      ? [snapshots(clusters.map((name) => `arn:aws:rds:${region}:${account}:cluster:${name}`))]
      : []),
    ...(buckets.length > 0 ? objects(buckets.map((name) => `arn:aws:s3:::${name}`)) : []),
  ];
  return {
    ...(held.length > 0 && { adopted: held }),
    ...(keys.length > 0 && { "adopted-keys": decrypting(keys, region) }),
  };
}

function snapshots(Resource: string[]): Statement {
  return { Sid: "AdoptedClusters", Action: ["rds:CreateDBClusterSnapshot"], Resource };
}

/** Deleting leaves a marker: of no version is anything deleted for good. */
function objects(buckets: string[]): Statement[] {
  const s3 = (...names: string[]) => names.map((name) => `s3:${name}`);
  return [
    {
      Sid: "AdoptedBuckets",
      Action: s3(
        ...["ListBucket", "ListBucketVersions", "GetBucketLocation", "GetBucketVersioning", "GetBucketTagging"],
        ...["GetEncryptionConfiguration", "GetBucketPublicAccessBlock"],
      ),
      Resource: buckets,
    },
    {
      Sid: "AdoptedObjects",
      Action: s3("GetObject", "GetObjectVersion", "PutObject", "DeleteObject", "AbortMultipartUpload"),
      Resource: buckets.map((bucket) => `${bucket}/*`),
    },
  ];
}

function decrypting(keys: string[], region: string): Statement[] {
  const through = (...services: string[]) => ({
    StringEquals: { "kms:ViaService": services.map((service) => `${service}.${region}.amazonaws.com`) },
  });
  return [
    { Sid: "AdoptedKeys", Action: ["kms:DescribeKey"], Resource: keys },
    {
      Sid: "AdoptedData",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keys,
      Condition: through("s3", "rds"),
    },
    {
      // RDS keeps the right to the key for as long as a cluster or snapshot is under it.
      Sid: "AdoptedSnapshots",
      Action: ["kms:CreateGrant"],
      Resource: keys,
      Condition: { ...through("rds"), Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
