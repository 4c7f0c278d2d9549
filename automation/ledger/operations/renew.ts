import { sql } from "kysely";
import type { Lease } from "../claims.ts";
import type { Queries } from "../database.ts";

/** Prolongs leases, all at once; gives the ids of those that were lost. */
export async function renew(db: Queries, leases: readonly Lease[], leaseSeconds: number): Promise<string[]> {
  if (leases.length === 0) return [];
  const ids = leases.map((lease) => lease.operation);
  const fences = leases.map((lease) => lease.fence);
  const { rows } = await sql<{ id: string }>`
    update teal.operations o
    set lease_until = now() + make_interval(secs => ${leaseSeconds})
    from unnest(${ids}::uuid[], ${fences}::bigint[]) as held (id, fence)
    where o.id = held.id and o.fence = held.fence and o.lease_until is not null
    returning o.id`.execute(db);
  const kept = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !kept.has(id));
}
