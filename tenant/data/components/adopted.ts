import type * as pulumi from "@pulumi/pulumi";
import { getClusterOutput } from "@pulumi/aws/rds/getCluster.js";
import { getBucketOutput } from "@pulumi/aws/s3/getBucket.js";
import type { HeldBucket, MadeCluster } from "../held.ts";

/*
 * What was there before the tenant is read and nothing else: it isn't in the stack's state, and so no update, and no destroying of the
 * stack, can change, replace or delete it.
 */

export function adoptedCluster(generation: number, identifier: string, options: pulumi.InvokeOptions): MadeCluster {
  const found = getClusterOutput({ clusterIdentifier: identifier }, options);
  const { arn, clusterResourceId: resourceId, endpoint: host, port } = found;
  return { generation, identifier, arn, resourceId, host, port };
}

export function adoptedBucket(
  { name, key }: { name: string; key: string | null },
  options: pulumi.InvokeOptions,
): HeldBucket {
  const { arn } = getBucketOutput({ bucket: name }, options);
  return { name, arn, otherKey: key };
}
