import { sql, type Kysely } from "kysely";
import { operationKinds, phases } from "../../../model/operation.ts";

const list = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** Backups, each with what it joins; kinds and phases of operations for them, for restoring, migrating and recreating. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table teal.operations
      drop constraint operations_kind_check,
      add constraint operations_kind_check check (kind in (${list(operationKinds)})),
      drop constraint operations_phase_check,
      add constraint operations_phase_check check (phase in (${list(phases)}))`.execute(db);
  await sql`
    create table teal.backups (
      seq bigint generated always as identity unique,
      id uuid primary key references teal.operations,
      tenant_uid uuid not null references teal.tenants,
      taken_at timestamptz not null,
      provider text not null,
      location text not null,
      bytes bigint not null,
      files integer not null,
      checksum text not null,
      last_write_at timestamptz,
      schema_version text,
      release text not null,
      image text not null,
      layout jsonb not null,
      stack_version integer,
      stack_updated_at timestamptz,
      pruned_at timestamptz,
      check (num_nonnulls(stack_version, stack_updated_at) in (0, 2))
    )`.execute(db);
  await sql`create index backups_of on teal.backups (tenant_uid, taken_at)`.execute(db);
}
