import { sql, type Kysely } from "kysely";
import { operationKinds, phases } from "../../../model/operation.ts";

const list = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** What was found changed by others, and what an operator decided about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table teal.tenants add column kept jsonb, add column attention jsonb`.execute(db);
  await sql`alter table teal.environments add column unknown_stacks text[] not null default '{}'`.execute(db);
  // What the first version listed has become more.
  await sql`
    alter table teal.operations
      drop constraint operations_kind_check,
      add constraint operations_kind_check check (kind in (${list(operationKinds)})),
      drop constraint operations_phase_check,
      add constraint operations_phase_check check (phase in (${list(phases)}))`.execute(db);
}
