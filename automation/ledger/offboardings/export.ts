import type { Operation } from "../../../model/operation.ts";
import type { Advance } from "../claims.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";

/** Writes down what a tenant is and has, before it is removed. Done again it is as done once. */
export async function recordExport(
  tx: Queries,
  tenantUid: string,
  { id, environment, tenant }: Pick<Operation, "id" | "environment" | "tenant">,
  { export: exported, objects, more }: NonNullable<Advance["exported"]>,
): Promise<void> {
  const found = { exported: json(exported), objects: json(objects), more };
  await tx
    .insertInto("offboardings")
    .values({
      operation: id,
      tenant_uid: tenantUid,
      environment,
      tenant,
      name: text(exported.settings.name),
      ...found,
    })
    .onConflict((conflict) => conflict.column("operation").doUpdateSet(found))
    .execute();
}
