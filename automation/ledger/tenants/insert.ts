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
    adoptedData = null,
  }: { environment: string; id: string; actor: string; adoptedData?: AdoptedData | null },
): Promise<TenantRow | undefined> {
  return tx
    .insertInto("tenants")
    .values({
      environment,
      id,
      revision: 1,
      layout: null,
      created_by: text(actor),
      adopted_data: adoptedData && json(adoptedData),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}
