import type { AdoptedData } from "../../../model/adoptedData.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";
import type { TenantRow } from "../schema.ts";

/** Undefined where the environment has a tenant of that id, or any has one that adopted the same data. */
export async function insertTenant(
  tx: Queries,
  {
    environment,
    id,
    actor,
    adopts = null,
  }: { environment: string; id: string; actor: string; adopts?: AdoptedData | null },
): Promise<TenantRow | undefined> {
  return tx
    .insertInto("tenants")
    .values({ environment, id, revision: 1, layout: null, created_by: text(actor), adopts: adopts && json(adopts) })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}
