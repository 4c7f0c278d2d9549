import { TealError } from "../../model/errors.ts";
import type { Operation } from "../../model/operation.ts";
import type { ClusterOrigin } from "../../tenant/data/spec.ts";
import { covers } from "../backups/covers.ts";
import { holdingOf } from "../backups/holding.ts";
import type { BackupProvider, PointInTime } from "../backups/provider.ts";
import { checksumOf } from "../ledger/backups/checksum.ts";
import { requireBackups } from "./backUp.ts";
import { swapBegun, swapCluster } from "./swap.ts";
import { policyOf, type Effects, type Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** What is restored is what was taken: the copy's own word for it isn't enough. Throws `backup_damaged`. */
async function refuseChanged(
  { ledger }: Effects,
  provider: BackupProvider,
  operation: Operation,
  backup: string,
): Promise<void> {
  const { checksum } = await provider.verify(holdingOf(operation), backup);
  const taken = await ledger.read((db) => checksumOf(db, backup));
  if (taken === checksum) return;
  const message = `Backup ${backup} is whole, but not what was taken: expected checksum ${taken}, got ${checksum}. Restore another.`;
  throw new TealError("backup_damaged", message, { data: { cause: "platform", retriable: false } });
}

/**
 * The moment may have fallen out of what AWS keeps while the operation waited. Once the cluster is being made it no longer matters.
 * Throws `point_in_time_gone`.
 */
async function refuseGone(
  effects: Effects,
  provider: BackupProvider,
  operation: Operation,
  { at, cluster }: PointInTime,
): Promise<void> {
  if (await swapBegun(effects, operation)) return;
  const window = (await provider.restorable?.(holdingOf(operation))) ?? null;
  if (window?.cluster === cluster && covers(window, at)) return;
  const got = window ? `${window.cluster} from ${window.earliest} to ${window.latest}` : "nothing";
  const message = `Expected that AWS keeps ${at} of cluster ${cluster}; it keeps ${got}. No data was changed: abort, then restore to another moment or a backup, or unsuspend the tenant.`;
  throw new TealError("point_in_time_gone", message, { data: { cause: "person", retriable: false } });
}

/** Puts a backup's data, or that of a moment, in the place of the tenant's. No pod runs by now. */
export async function restoreData(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  const provider = requireBackups(effects.backups);
  const { restoreSeconds } = policyOf(effects, operation);
  const { from, pointInTime } = operation.move!;
  const of = holdingOf(operation);
  const swap = (origin: ClusterOrigin) => swapCluster(effects, operation, tenure, origin);
  if (pointInTime) {
    await refuseGone(effects, provider, operation, pointInTime);
    await tenure.permit();
    await provider.restoreTo!(of, pointInTime, AbortSignal.timeout(restoreSeconds * 1000), swap);
    return { event: "restored", message: `The data is as it was at ${pointInTime.at}.`, data: { pointInTime } };
  }
  const backup = from!;
  await refuseChanged(effects, provider, operation, backup);
  await tenure.permit();
  await provider.restore(of, backup, AbortSignal.timeout(restoreSeconds * 1000), swap);
  return { event: "restored", message: `The data of backup ${backup} is back.`, data: { backup } };
}
