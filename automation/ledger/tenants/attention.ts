import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { appendEvents } from "../events/append.ts";
import { json } from "../json.ts";
import { tenantKey, underWay } from "../operations/read.ts";
import type { Attention } from "../schema.ts";
import type { IdleTenant } from "./survey.ts";

/**
 * Writes down that somebody should look at a tenant, with an event where it is news; null: all is well again. Does nothing
 * where an operation has begun since the tenant was looked at.
 */
export async function noteAttention(
  tx: Queries,
  { uid, environment, id, layout }: IdleTenant,
  found: { code: string; message: string } | null,
): Promise<void> {
  const row = await tx
    .selectFrom("tenants")
    .select("attention")
    .where("uid", "=", uid)
    .where("offboarded_at", "is", null)
    .where(sql<boolean>`layout = ${json(layout)}::jsonb`)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row || (await underWay(tx, uid)) || row.attention?.message === found?.message) return;
  const attention = found && { code: found.code, message: found.message, at: new Date().toISOString() };
  await tx
    .updateTable("tenants")
    .set({ attention: attention && json(attention) })
    .where("uid", "=", uid)
    .execute();
  const message = found?.message ?? `Tenant ${id} is as Teal left it again.`;
  const type = found ? "attention" : "attention_over";
  const data = found ? { code: found.code } : {};
  await appendEvents(tx, [{ operation: null, environment, tenant: id, type, message, data }]);
}

/** Why somebody should look at these tenants, by `tenantKey`; those at which somebody should. */
export async function readAttention(
  db: Queries,
  tenants: readonly { environment: string | null; tenant: string | null }[],
): Promise<Map<string, Attention>> {
  const ids = [...new Set(tenants.flatMap(({ tenant }) => tenant ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("tenants")
    .select(["environment", "id", "attention"])
    .where("id", "in", ids)
    .where("offboarded_at", "is", null)
    .where("attention", "is not", null)
    .execute();
  return new Map(rows.map(({ environment, id, attention }) => [tenantKey(environment, id), attention!]));
}
