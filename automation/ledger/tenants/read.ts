import { completed as withAll } from "../../../model/tenant.ts";
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

/** By id, those after `after`. */
export async function listTenants(
  db: Queries,
  environment: string,
  after: string | undefined,
  limit: number,
): Promise<FullTenant[]> {
  let query = withSettings(db, environment).orderBy("tenants.id").limit(limit);
  if (after !== undefined) query = query.where("tenants.id", ">", after);
  return completed(db, environment, await query.execute());
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
