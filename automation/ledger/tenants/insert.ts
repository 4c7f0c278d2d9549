import type { Queries } from "../database.ts";
import { text } from "../json.ts";
import type { TenantRow } from "../schema.ts";

/** Undefined where the environment has a tenant of that id. */
export async function insertTenant(
  tx: Queries,
  { environment, id, actor }: { environment: string; id: string; actor: string },
): Promise<TenantRow | undefined> {
  return tx
    .insertInto("tenants")
    .values({ environment, id, revision: 1, layout: null, created_by: text(actor) })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}
