import type { Queries } from "../database.ts";

/** Ids of the backups of an operation's tenant that are older than the newest `keep`, its own left out. */
export async function backupsBeyond(db: Queries, operation: string, keep: number): Promise<string[]> {
  const rows = await db
    .selectFrom("backups")
    .innerJoin("operations", "operations.tenant_uid", "backups.tenant_uid")
    .select("backups.id")
    .where("operations.id", "=", operation)
    .where("backups.id", "!=", operation)
    .where("backups.pruned_at", "is", null)
    .orderBy("backups.taken_at", "desc")
    .offset(keep)
    .execute();
  return rows.map(({ id }) => id);
}
