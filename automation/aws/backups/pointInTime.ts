import { TealError } from "../../../model/errors.ts";
import type { Holding, PointInTime, Restorable, SwapCluster } from "../../backups/provider.ts";
import { bringBack } from "./objects.ts";
import type { AwsBackupsOptions, TenantData } from "./place.ts";
import { findCluster } from "./scratchCluster.ts";
import { heldAt } from "./versions.ts";

const day = 86_400_000;

/**
 * From when to when the tenant's data can be brought back to any moment: as RDS says of the cluster in use, and no further back than its bucket
 * keeps old versions. Null: it has no cluster of its own, or RDS keeps no log of it yet. Throws `point_in_time_unavailable` where what it has is adopted.
 */
export async function restorable({ rds, find }: AwsBackupsOptions, of: Holding): Promise<Restorable | null> {
  const data = await find(of);
  if (!data?.cluster) return null;
  if (data.adopted) throw othersPast(data.adopted);
  const found = await findCluster(rds, data.cluster);
  const { EarliestRestorableTime: earliest, LatestRestorableTime: latest } = found ?? {};
  if (!earliest || !latest) return null;
  const kept = data.oldVersionDays === undefined ? 0 : Date.now() - data.oldVersionDays * day;
  // Whole seconds within: moments are told by the second.
  const from = Math.ceil(Math.max(earliest.getTime(), kept) / 1000) * 1000;
  const to = Math.floor(latest.getTime() / 1000) * 1000;
  return { cluster: data.cluster, earliest: new Date(from).toISOString(), latest: new Date(to).toISOString() };
}

/**
 * Teal's role has no right to the log of a cluster that was there before, and RDS makes no encrypted cluster of the log of one that isn't. Of a bucket nobody
 * tells how long it keeps old versions: what it no longer has would be taken for deleted then.
 */
function othersPast(adopted: NonNullable<TenantData["adopted"]>): TealError {
  const message = `its ${adopted.join(" and ")} ${adopted.length > 1 ? "were" : "was"} there before it, and Teal brings those back to backups alone`;
  return new TealError("point_in_time_unavailable", message, { data: { cause: "person", retriable: false } });
}

/**
 * The database first, as by a backup: while it isn't there, nothing else was changed. Then each object is what it was at that moment, to the
 * second, as S3 counts; what wasn't there, or was deleted by then, is deleted. Versions that this makes are later than the moment, so that
 * done again after a crash it means the same.
 */
export async function restoreTo(
  { s3, find }: AwsBackupsOptions,
  of: Holding,
  { at, cluster }: PointInTime,
  signal: AbortSignal,
  swap: SwapCluster,
): Promise<void> {
  const bucket = (await find(of))?.bucket ?? null;
  const held = bucket === null ? null : await heldAt(s3, bucket, new Date(at), signal);
  signal.throwIfAborted();
  await swap({ cluster, at });
  if (held) await bringBack(s3, bucket!, held.objects, signal);
}
