import { setTimeout as pause } from "node:timers/promises";
import {
  DeleteDBClusterCommand,
  DescribeDBClustersCommand,
  RestoreDBClusterFromSnapshotCommand,
  type DBCluster,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { TealError } from "../../../model/errors.ts";
import { clusterStemOf } from "../../../tenant/plan/data/names.ts";
import type { Holding } from "../../backups/provider.ts";
import { isNamed } from "../errors.ts";

/** Of a tenant's drills, by the names of its clusters (`production-acme-1`), also where it has an adopted one: a tenant has one at a time. */
export function scratchOf({ environment, tenant: id }: Pick<Holding, "environment" | "tenant">): string {
  return `${clusterStemOf({ environment, id })}-drill`;
}

/** Undefined where there is none. */
export async function findCluster(rds: RDSClient, identifier: string): Promise<DBCluster | undefined> {
  try {
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: identifier }));
    return DBClusters?.[0];
  } catch (error) {
    if (isNamed(error, "DBClusterNotFoundFault")) return undefined;
    throw error;
  }
}

interface Scratch {
  of: Holding;
  /** One of the tenant's that is there. */
  like: string;
  snapshot: string;
  key: string | undefined;
}

/**
 * Has AWS make a cluster from a snapshot, where the tenant's own are and behind the same walls, and waits until it is available.
 * It gets no instance: nobody is to use it.
 */
export async function restoreScratch(
  rds: RDSClient,
  { of, like: model, snapshot, key }: Scratch,
  pollMilliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const like = await findCluster(rds, model);
  const tags = { "teal:environment": of.environment, "teal:tenant": of.tenant, "teal:drill": "true" };
  await rds.send(
    new RestoreDBClusterFromSnapshotCommand({
      DBClusterIdentifier: scratchOf(of),
      SnapshotIdentifier: snapshot,
      Engine: like?.Engine ?? "aurora-postgresql",
      ...(key !== undefined && { KmsKeyId: key }),
      ...(like?.DBSubnetGroup && { DBSubnetGroupName: like.DBSubnetGroup }),
      ...(like?.DBClusterParameterGroup && { DBClusterParameterGroupName: like.DBClusterParameterGroup }),
      VpcSecurityGroupIds: (like?.VpcSecurityGroups ?? []).flatMap(
        ({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? [],
      ),
      DeletionProtection: false,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  await awaitCluster(rds, scratchOf(of), pollMilliseconds, signal);
}

/** @throws TealError `backup_failed` where AWS could not make it */
export async function awaitCluster(
  rds: RDSClient,
  identifier: string,
  pollMilliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const found = await findCluster(rds, identifier);
    if (found?.Status === "available") return;
    if (found === undefined || /fail|incompatible|inaccessible/.test(found.Status ?? "")) {
      const message = `AWS could not make cluster ${identifier} from the snapshot: it is ${found?.Status ?? "gone"}.`;
      throw new TealError("backup_failed", message, { data: { cluster: identifier } });
    }
    await pause(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** Removes what a drill made, this one or one that crashed, and waits until it is gone; removing what is gone is fine. */
export async function removeScratch(rds: RDSClient, of: Holding, pollMilliseconds: number): Promise<void> {
  const identifier = scratchOf(of);
  for (let asked = false; ;) {
    const found = await findCluster(rds, identifier);
    if (found === undefined) return;
    if (!asked && found.Status !== "deleting") {
      asked = true;
      const nothingStays = { SkipFinalSnapshot: true, DeleteAutomatedBackups: true };
      await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: identifier, ...nothingStays }));
      continue;
    }
    await pause(pollMilliseconds);
  }
}
