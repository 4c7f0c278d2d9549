import { sql } from "kysely";
import type { Queries } from "../database.ts";

/** Reserves host names for a tenant, besides those it has. Gives those that another tenant has, having reserved none of them. */
export async function reserveHostnames(tx: Queries, uid: string, hostnames: readonly string[]): Promise<string[]> {
  // Sorted: two transactions that want the same names then wait for each other in one order.
  const wanted = [...new Set(hostnames)].sort();
  if (wanted.length === 0) return [];
  await tx
    .insertInto("tenant_hostnames")
    .values(wanted.map((hostname) => ({ hostname, tenant_uid: uid })))
    .onConflict((conflict) => conflict.column("hostname").doNothing())
    .execute();
  return takenHostnames(tx, uid, wanted);
}

/** Those of `hostnames` that a tenant other than `uid` has. */
export async function takenHostnames(db: Queries, uid: string | null, hostnames: readonly string[]): Promise<string[]> {
  if (hostnames.length === 0) return [];
  const rows = await db
    .selectFrom("tenant_hostnames")
    .select("hostname")
    .where("hostname", "in", hostnames)
    .where(sql<boolean>`tenant_uid is distinct from ${uid}::uuid`)
    .orderBy("hostname")
    .execute();
  return rows.map((row) => row.hostname);
}

/** Leaves a tenant the host names of its applied revision, or none once it is offboarded. */
export async function settleHostnames(tx: Queries, uid: string): Promise<void> {
  await sql`
    delete from teal.tenant_hostnames
    where tenant_uid = ${uid}
      and hostname not in (
        select jsonb_array_elements_text(r.settings -> 'hostnames')
        from teal.tenants t join teal.revisions r on r.tenant_uid = t.uid and r.revision = t.revision
        where t.uid = ${uid} and t.offboarded_at is null
      )`.execute(tx);
}
