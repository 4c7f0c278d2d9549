import { sql } from "kysely";
import { completed as withAll, type Tier } from "../../../model/tenant.ts";
import type { Queries } from "../database.ts";
import type { OperationRow, RevisionRow, TenantRow } from "../schema.ts";

/** A tenant with its applied settings (secrets by name only) and the operation under way. */
export type FullTenant = TenantRow &
  Pick<RevisionRow, "settings" | "secret_names"> & { under_way: OperationRow | null; images: Map<string, string> };

/** Undefined where there is none of that id. */
export async function readTenant(db: Queries, environment: string, id: string): Promise<FullTenant | undefined> {
  const row = await withSettings(db, environment).where("tenants.id", "=", id).executeTakeFirst();
  return row && (await completed(db, environment, [row]))[0];
}

export interface TenantsWanted {
  /** Part of an id, a name or a host name, whatever its case. */
  q?: string;
  /** Of the live slot. */
  release?: string;
  tier?: Tier;
  ring?: number;
}

/** By id, those after `after`. */
export async function listTenants(
  db: Queries,
  environment: string,
  { q, release, tier, ring }: TenantsWanted,
  after: string | undefined,
  limit: number,
): Promise<FullTenant[]> {
  let query = withSettings(db, environment).orderBy("tenants.id").limit(limit);
  if (after !== undefined) query = query.where("tenants.id", ">", after);
  if (q !== undefined) query = query.where(named(q));
  if (release !== undefined)
    query = query.where(sql`layout -> 'slots' -> (layout ->> 'live') ->> 'release'`, "=", release);
  if (tier !== undefined) query = query.where(sql`settings ->> 'tier'`, "=", tier);
  if (ring !== undefined) query = query.where(sql`(settings ->> 'ring')::integer`, "=", ring);
  return completed(db, environment, await query.execute());
}

/** Host names as applied, and those that an operation under way has reserved. */
function named(q: string) {
  const pattern = `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`(
    tenants.id ilike ${pattern} or settings ->> 'name' ilike ${pattern}
    or exists (select 1 from teal.tenant_hostnames h where h.tenant_uid = tenants.uid and h.hostname ilike ${pattern})
  )`;
}

function withSettings(db: Queries, environment: string) {
  return db
    .selectFrom("tenants")
    .innerJoin("revisions", (join) =>
      join.onRef("revisions.tenant_uid", "=", "tenants.uid").onRef("revisions.revision", "=", "tenants.revision"),
    )
    .selectAll("tenants")
    .select(["revisions.settings", "revisions.secret_names"])
    .where("tenants.environment", "=", environment)
    .where("tenants.offboarded_at", "is", null);
}

type WithSettings = Omit<FullTenant, "under_way" | "images">;

async function completed(db: Queries, environment: string, rows: WithSettings[]): Promise<FullTenant[]> {
  if (rows.length === 0) return [];
  const uids = rows.map((row) => row.uid);
  const operations = await db
    .selectFrom("operations")
    .selectAll()
    .where("tenant_uid", "in", uids)
    .where("ended_at", "is", null)
    .execute();
  const byTenant = new Map(operations.map((operation) => [operation.tenant_uid, operation]));
  const images = await imagesOf(db, environment, rows);
  return rows.map((row) => ({
    ...row,
    settings: withAll(row.settings),
    under_way: byTenant.get(row.uid) ?? null,
    images,
  }));
}

async function imagesOf(db: Queries, environment: string, rows: WithSettings[]): Promise<Map<string, string>> {
  const slots = rows.flatMap(({ layout }) => (layout ? [layout.slots.blue, layout.slots.green] : []));
  const versions = new Set(slots.flatMap((slot) => (slot ? [slot.release] : [])));
  if (versions.size === 0) return new Map();
  const releases = await db
    .selectFrom("releases")
    .select(["version", "spec"])
    .where("environment", "=", environment)
    .where("version", "in", [...versions])
    .execute();
  return new Map(releases.map(({ version, spec }) => [version, spec.image]));
}
