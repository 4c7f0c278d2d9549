import type { Layout } from "../../../model/layout.ts";
import type { TenantExport } from "../../../model/offboarding.ts";
import { completed } from "../../../model/tenant.ts";
import type { Queries } from "../database.ts";

/** What an operation's tenant is, as the ledger has it; secrets by name only. */
export async function tenantAsItWas(
  db: Queries,
  operation: string,
): Promise<Pick<TenantExport, "settings" | "secretNames" | "image"> & { layout: Layout | null }> {
  const row = await db
    .selectFrom("operations")
    .innerJoin("tenants", "tenants.uid", "operations.tenant_uid")
    .innerJoin("revisions", (join) =>
      join.onRef("revisions.tenant_uid", "=", "tenants.uid").onRef("revisions.revision", "=", "tenants.revision"),
    )
    .select(["tenants.environment", "tenants.layout", "revisions.settings", "revisions.secret_names"])
    .where("operations.id", "=", operation)
    .executeTakeFirstOrThrow();
  const { environment, layout, settings, secret_names: secretNames } = row;
  const release = layout?.slots[layout.live]?.release;
  const image = release === undefined ? undefined : await imageOf(db, environment, release);
  return { layout, settings: completed(settings), secretNames, image: image ?? null };
}

async function imageOf(db: Queries, environment: string, version: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("releases")
    .select("spec")
    .where("environment", "=", environment)
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.spec.image;
}
