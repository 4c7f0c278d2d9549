import { sql } from "kysely";
import type { Queries } from "../database.ts";

/**
 * Host names of each tenant that is not offboarded, in all environments, the one that Teal gives it among them. Until the
 * transaction ends nobody else counts: two tenants can't both take the last room.
 */
export async function countHostnames(tx: Queries): Promise<number[]> {
  await sql`select pg_advisory_xact_lock(hashtext('teal.routed'))`.execute(tx);
  const { rows } = await sql<{ names: number }>`
    select 1 + count(h.hostname)::int as names
    from teal.tenants t left join teal.tenant_hostnames h on h.tenant_uid = t.uid
    where t.offboarded_at is null
    group by t.uid`.execute(tx);
  return rows.map(({ names }) => names);
}
