import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";

/** A route as it was before host names were taken from it. */
export interface TakenRoute {
  namespace: string;
  name: string;
  hostnames: string[];
  manifest: Record<string, unknown>;
}

/** Writes down what is about to be taken for an operation's tenant. What was written first stays: it is how the route was. */
export async function insertTakenRoute(tx: Queries, operation: string, route: TakenRoute): Promise<void> {
  const { namespace, name, hostnames, manifest } = route;
  await sql`
    insert into teal.taken_routes as known (tenant_uid, namespace, name, hostnames, manifest)
    select tenant_uid, ${namespace}, ${name}, ${hostnames}::text[], ${json(manifest)}::jsonb
    from teal.operations where id = ${operation}
    on conflict (tenant_uid, namespace, name) do update
    set hostnames = array(select distinct unnest(known.hostnames || excluded.hostnames) order by 1)`.execute(tx);
}

/** What was taken for an operation's tenant, and not given back. */
export async function readTakenRoutes(db: Queries, operation: string): Promise<TakenRoute[]> {
  return await db
    .selectFrom("taken_routes")
    .innerJoin("operations", "operations.tenant_uid", "taken_routes.tenant_uid")
    .select(["taken_routes.namespace", "taken_routes.name", "taken_routes.hostnames", "taken_routes.manifest"])
    .where("operations.id", "=", operation)
    .orderBy("taken_routes.name")
    .execute();
}

/** Host names that were taken for a tenant, and not given back. */
export async function hostnamesTakenFor(db: Queries, tenantUid: string): Promise<string[]> {
  const rows = await db.selectFrom("taken_routes").select("hostnames").where("tenant_uid", "=", tenantUid).execute();
  return rows.flatMap(({ hostnames }) => hostnames);
}

/** They have their host names again, or never will. */
export async function forgetTakenRoutes(tx: Queries, operation: string): Promise<void> {
  await sql`
    delete from teal.taken_routes t using teal.operations o
    where o.id = ${operation} and t.tenant_uid = o.tenant_uid`.execute(tx);
}
