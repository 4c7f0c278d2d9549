import { TealError } from "../../../model/errors.ts";

interface ServiceError {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

const denied = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "KMSKeyNotAccessibleFault"];
const quota = ["SnapshotQuotaExceeded", "SnapshotQuotaExceededFault"];
const busy = ["InvalidDBClusterStateFault", "InvalidDBClusterStateException", "InvalidDBClusterSnapshotStateFault"];

/** What AWS said as a TealError with what to do. Throttling and the like are tried again by the SDK first, then by the operation. */
export function asFailure(error: unknown, doing: string, data: Record<string, unknown> = {}): TealError {
  if (error instanceof TealError) return error;
  const { name = "Error", message = String(error) } = error as ServiceError;
  const failure = (code: string, text: string, more: Record<string, unknown> = {}) =>
    new TealError(code, text, { data: { ...data, aws: name, ...more }, cause: error });
  if (quota.includes(name)) return quotaFull(`AWS refused ${doing}: ${message}`, { ...data, cause: error });
  if (denied.includes(name))
    return failure("backup_failed", `AWS did not allow ${doing} (${name}: ${message}). Give Teal's role that right.`, {
      retriable: false,
    });
  if (busy.includes(name))
    return failure("backup_failed", `AWS is busy with the cluster: ${doing} has to wait. ${message}`);
  return failure("backup_failed", `AWS failed ${doing} (${name}: ${message}).`);
}

/** It is worth waiting: snapshots go as backups are pruned. */
export function quotaFull(why: string, data: Record<string, unknown>): TealError {
  const message = `${why} Lower keepBackups, remove manual snapshots, or have AWS raise the region's quota "Manual DB cluster snapshots".`;
  return new TealError("backup_quota_full", message, { data });
}

export const isNamed = (error: unknown, ...names: string[]): boolean =>
  names.includes((error as ServiceError).name ?? "");
