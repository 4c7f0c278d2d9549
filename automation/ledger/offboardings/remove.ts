import { sql } from "kysely";
import { lossOf } from "../../../model/machine/loss.ts";
import type { Operation } from "../../../model/operation.ts";
import type { Advance } from "../claims.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";

/** Of what was asked for before anybody could say for how long. */
const retainDays = 30;

/** Writes down that a tenant is gone, and from when on what is kept of it may go, too. A person may have had it removed without an export. */
export async function recordRemoval(
  tx: Queries,
  tenantUid: string,
  operation: Operation,
  { checked, others }: NonNullable<Advance["removed"]>,
): Promise<void> {
  const { id, environment, tenant, memory } = operation;
  const removed = {
    checked: json(checked),
    others: json(others),
    removed_at: sql<Date>`now()`,
    keep_until: sql<Date>`now() + make_interval(days => ${memory.offboarding?.retainDays ?? retainDays})`,
  };
  await tx
    .insertInto("offboardings")
    .values({
      operation: id,
      tenant_uid: tenantUid,
      environment,
      tenant,
      name: tenant,
      exported: null,
      lost: lossOf(operation),
      ...removed,
    })
    .onConflict((conflict) => conflict.column("operation").doUpdateSet(removed))
    .execute();
}
