import { setTimeout as pause } from "node:timers/promises";
import {
  CreateDBClusterSnapshotCommand,
  DeleteDBClusterSnapshotCommand,
  DescribeAccountAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  type DBClusterSnapshot,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { TealError } from "../../../model/errors.ts";
import type { Holding } from "../../backups/provider.ts";
import { isNamed } from "../errors.ts";
import { quotaFull } from "./failure.ts";

/** Left free for people, and for whoever else takes one at the same moment. */
const spare = 5;
const quotaName = "ManualClusterSnapshots";

/** Of a backup, from its id alone: whoever comes after a crash finds it again. */
export function snapshotOf(id: string): string {
  return `teal-${id.toLowerCase()}`;
}

/**
 * Has AWS begin the snapshot of a backup, where it hasn't. Within the region's quota, some of it left free.
 * @throws TealError `backup_quota_full`
 */
export async function beginSnapshot(
  rds: RDSClient,
  cluster: string,
  { of, id }: { of: Holding; id: string },
): Promise<void> {
  if (await findSnapshot(rds, id)) return;
  await requireRoom(rds);
  const tags = { "teal:environment": of.environment, "teal:tenant": of.tenant, "teal:backup": id };
  try {
    await rds.send(
      new CreateDBClusterSnapshotCommand({
        DBClusterIdentifier: cluster,
        DBClusterSnapshotIdentifier: snapshotOf(id),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
  } catch (error) {
    // Another attempt was quicker.
    if (!isNamed(error, "DBClusterSnapshotAlreadyExistsFault")) throw error;
  }
}

/** @throws TealError `backup_quota_full` */
async function requireRoom(rds: RDSClient): Promise<void> {
  const { AccountQuotas = [] } = await rds.send(new DescribeAccountAttributesCommand({}));
  const found = AccountQuotas.find(({ AccountQuotaName }) => AccountQuotaName === quotaName);
  if (found?.Used === undefined || found.Max === undefined) return;
  const { Used: used, Max: most } = found;
  if (used + spare < most) return;
  const why = `${used} of ${most} manual snapshots of clusters are there in this region, and ${spare} are left free.`;
  throw quotaFull(why, { used, most, spare });
}

/** Undefined where there is none. */
export async function findSnapshot(rds: RDSClient, id: string): Promise<DBClusterSnapshot | undefined> {
  try {
    const wanted = new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: snapshotOf(id) });
    return (await rds.send(wanted)).DBClusterSnapshots?.[0];
  } catch (error) {
    if (isNamed(error, "DBClusterSnapshotNotFoundFault")) return undefined;
    throw error;
  }
}

/** The snapshot once AWS has all of it. @throws TealError `backup_failed` where AWS gave it up: it is removed. */
export async function awaitSnapshot(
  rds: RDSClient,
  id: string,
  pollMilliseconds: number,
  signal: AbortSignal,
): Promise<DBClusterSnapshot> {
  for (;;) {
    signal.throwIfAborted();
    const snapshot = await findSnapshot(rds, id);
    if (snapshot?.Status === "available") return snapshot;
    if (snapshot === undefined || snapshot.Status === "failed") {
      await deleteSnapshot(rds, id);
      const message = `AWS gave up snapshot ${snapshotOf(id)}. It is removed, and taken again when the backup is tried again.`;
      throw new TealError("backup_failed", message, { data: { snapshot: snapshotOf(id) } });
    }
    await pause(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** Removing what is gone is fine. */
export async function deleteSnapshot(rds: RDSClient, id: string): Promise<void> {
  try {
    await rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: snapshotOf(id) }));
  } catch (error) {
    if (!isNamed(error, "DBClusterSnapshotNotFoundFault")) throw error;
  }
}
