import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "@pulumi/aws/s3/bucket.js";
import type { PlatformConfig } from "../config/schema.ts";
import type { Statement } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";
import { keepOldVersions, privateBucket } from "../security/storage.ts";

export interface Backups {
  bucket: pulumi.Output<string>;
  /** What Teal's pods need to take, try and restore backups (docs/data.md). */
  statements: Statement[];
}

/** As Teal names snapshots: by the backup's id, a UUID. The platform's own begin with `teal-`, too. */
const snapshotNames = `teal-${[8, 4, 4, 4, 12].map((length) => "?".repeat(length)).join("-")}`;

/** Where markers of backups of tenants' data are kept, and objects of tenants that have left. */
export function tenantBackups(
  { config, key }: { config: PlatformConfig; key: pulumi.Input<string> },
  options: pulumi.CustomResourceOptions,
): Backups {
  const bucket = privateBucket(
    "backups",
    {
      prefix: `${prefixOf(config.environment)}-backups`,
      key,
      lifecycle: [keepOldVersions(30)],
    },
    options,
  );
  return {
    bucket: bucket.id,
    statements: [...markers(bucket, key, config), ...objects(config), ...snapshots(config), ...copies(config)],
  };
}

function markers({ arn }: Bucket, key: pulumi.Input<string>, { region }: PlatformConfig): Statement[] {
  return [
    { Sid: "FindBackups", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: arn },
    {
      Sid: "KeepBackups",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      Resource: pulumi.interpolate`${arn}/*`,
    },
    {
      Sid: "KeepThemEncrypted",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
  ];
}

/** Versions are read and brought back; deleted for good only with a bucket whose tenant is leaving. */
function objects({ environments }: PlatformConfig): Statement[] {
  const buckets = environments.map((environment) => `arn:aws:s3:::${environment}-*`);
  return [
    { Sid: "TenantsVersions", Action: ["s3:ListBucketVersions"], Resource: buckets },
    {
      Sid: "TenantsObjects",
      Action: [
        ...["GetObject", "GetObjectVersion", "PutObject", "DeleteObject", "DeleteObjectVersion"],
        "AbortMultipartUpload",
      ].map((name) => `s3:${name}`),
      Resource: buckets.map((bucket) => `${bucket}/*`),
    },
  ];
}

/** In a second region: what copies are made by, found and removed; the key is used by RDS alone. */
function copies({ account, controlPlane }: PlatformConfig): Statement[] {
  const key = controlPlane.tenantData?.copyKey;
  if (key === undefined) return [];
  const region = key.split(":")[3]!;
  return [
    {
      Sid: "CopiesOfSnapshots",
      Action: ["CopyDBClusterSnapshot", "AddTagsToResource", "DeleteDBClusterSnapshot"].map((name) => `rds:${name}`),
      Resource: `arn:aws:rds:${region}:${account}:cluster-snapshot:${snapshotNames}`,
    },
    {
      Sid: "KeyOfCopies",
      Action: ["DescribeKey", "CreateGrant", "Encrypt", "Decrypt", "GenerateDataKey*", "ReEncrypt*"].map(
        (name) => `kms:${name}`,
      ),
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": `rds.${region}.amazonaws.com` } },
    },
  ];
}

function snapshots({ account, region, environments }: PlatformConfig): Statement[] {
  const arn = (rest: string) => `arn:aws:rds:${region}:${account}:${rest}`;
  const rds = (...names: string[]) => names.map((name) => `rds:${name}`);
  return [
    {
      Sid: "TenantsSnapshots",
      Action: rds(
        ...["CreateDBClusterSnapshot", "AddTagsToResource", "DeleteDBClusterSnapshot", "CopyDBClusterSnapshot"],
        "RestoreDBClusterFromSnapshot",
      ),
      Resource: arn(`cluster-snapshot:${snapshotNames}`),
    },
    {
      // The clusters of tenants end in their generation.
      Sid: "Drills",
      Action: rds("DeleteDBCluster"),
      Resource: environments.map((environment) => arn(`cluster:${environment}-*-drill`)),
    },
    { Sid: "RoomForSnapshots", Action: rds("DescribeAccountAttributes"), Resource: "*" },
  ];
}
