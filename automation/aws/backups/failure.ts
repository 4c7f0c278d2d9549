import { TealError } from "../../../model/errors.ts";
import { awsKinds, explain, kindOf, type Concern } from "../errors.ts";

const noRoom = `Lower keepBackups, remove manual snapshots, or have AWS raise the region's quota "Manual DB cluster snapshots".`;

const concern: Concern = {
  what: { denied: "Give Teal's role that right (docs/data.md lists them)." },
  codes: Object.fromEntries(awsKinds.map(({ kind }) => [kind, "backup_failed"])),
};

/** What AWS said as a TealError with what to do. Throttling and the like are tried again by the SDK first, then by the operation. */
export function asFailure(error: unknown, doing: string, data: Record<string, unknown> = {}): TealError {
  if (!(error instanceof TealError) && kindOf(error).kind === "quota") {
    const { message, data: told, cause } = explain({ what: { quota: noRoom } }, doing, error, data);
    const { retriable: _, ...rest } = told;
    return new TealError("backup_quota_full", message, { data: rest, cause });
  }
  return explain(concern, doing, error, data);
}

/** It is worth waiting: snapshots go as backups are pruned. */
export function quotaFull(why: string, data: Record<string, unknown>): TealError {
  return new TealError("backup_quota_full", `${why} ${noRoom}`, { data });
}
