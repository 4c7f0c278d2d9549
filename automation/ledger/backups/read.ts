import type { Queries } from "../database.ts";
import type { BackupRow, OperationRow } from "../schema.ts";

/** A backup, with the operation that took it. */
export type TakenBackup = BackupRow & Pick<OperationRow, "environment" | "tenant" | "kind" | "actor" | "reason">;

/** A tenant's backups that are still there, newest first, those older than the one numbered `before`. */
export async function listBackups(
  db: Queries,
  tenantUid: string,
  before: number | undefined,
  limit: number,
): Promise<TakenBackup[]> {
  let query = ofTenant(db, tenantUid);
  if (before !== undefined) query = query.where("backups.seq", "<", before);
  return query.orderBy("backups.seq", "desc").limit(limit).execute();
}

/** Undefined where it is gone, or another tenant's. */
export async function readBackup(db: Queries, tenantUid: string, id: string): Promise<TakenBackup | undefined> {
  return ofTenant(db, tenantUid).where("backups.id", "=", id).executeTakeFirst();
}

/** The newest that was taken by then. */
export async function backupBefore(db: Queries, tenantUid: string, time: Date): Promise<TakenBackup | undefined> {
  return ofTenant(db, tenantUid)
    .where("backups.taken_at", "<=", time)
    .orderBy("backups.taken_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

function ofTenant(db: Queries, tenantUid: string) {
  return db
    .selectFrom("backups")
    .innerJoin("operations", "operations.id", "backups.id")
    .selectAll("backups")
    .select(["operations.environment", "operations.tenant", "operations.kind", "operations.actor", "operations.reason"])
    .where("backups.tenant_uid", "=", tenantUid)
    .where("backups.pruned_at", "is", null);
}
