import { sql, type Kysely } from "kysely";
import { operationKinds, phases } from "../../../model/operation.ts";

const list = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** Repair, restart, scale, suspend, unsuspend and gates: more kinds and phases of operations than the versions before listed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table teal.operations
      drop constraint operations_kind_check,
      add constraint operations_kind_check check (kind in (${list(operationKinds)})),
      drop constraint operations_phase_check,
      add constraint operations_phase_check check (phase in (${list(phases)}))`.execute(db);
}
