import { completed, type TenantSettings } from "../../../model/tenant.ts";
import { revisionContext, type Secrets } from "../../secrets.ts";
import type { Queries } from "../database.ts";

/** Settings by revision, secrets decrypted. */
export async function readSettings(
  db: Queries,
  secrets: Secrets,
  uid: string,
  revisions: readonly number[],
): Promise<Map<number, TenantSettings>> {
  if (revisions.length === 0) return new Map();
  const rows = await db
    .selectFrom("revisions")
    .select(["revision", "settings", "secrets"])
    .where("tenant_uid", "=", uid)
    .where("revision", "in", revisions)
    .execute();
  const opened = (row: (typeof rows)[number]): TenantSettings => ({
    ...completed(row.settings),
    secrets: secrets.open(revisionContext(uid, row.revision), row.secrets),
  });
  return new Map(rows.map((row) => [row.revision, opened(row)]));
}
