import { sql, type Kysely } from "kysely";
import { phases } from "../../../model/operation.ts";

const list = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/**
 * What was deleted of tenants that left, and what is kept until when; phases of an offboarding that can be called off.
 * Environments that are only observed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // An offboarding has a way back now, and so a move, where there is anything to come back to.
  await sql`
    alter table teal.operations
      drop constraint operations_phase_check,
      add constraint operations_phase_check check (phase in (${list(phases)})),
      drop constraint ${sql.id(await moveConstraint(db))},
      add constraint operations_move check (move is not null or kind = 'offboard')`.execute(db);
  await sql`
    alter table teal.environments
      add column observed_at timestamptz,
      add column observed_by text,
      add column observed_reason text,
      add check (num_nonnulls(observed_at, observed_by, observed_reason) in (0, 3))`.execute(db);
  await sql`
    create table teal.offboardings (
      seq bigint generated always as identity unique,
      operation uuid primary key references teal.operations,
      tenant_uid uuid not null references teal.tenants,
      environment text not null,
      tenant text not null,
      name text not null,
      exported jsonb,
      objects jsonb not null default '[]',
      more boolean not null default false,
      checked jsonb not null default '[]',
      others jsonb not null default '[]',
      removed_at timestamptz,
      keep_until timestamptz,
      held_at timestamptz,
      held_by text,
      held_reason text,
      pruning_at timestamptz,
      pruned_at timestamptz,
      check (num_nonnulls(removed_at, keep_until) in (0, 2)),
      check (num_nonnulls(held_at, held_by, held_reason) in (0, 3)),
      check (pruned_at is null or pruning_at is not null)
    )`.execute(db);
  await sql`create index offboardings_of on teal.offboardings (environment, seq) where removed_at is not null`.execute(
    db,
  );
  await sql`
    create index offboardings_due on teal.offboardings (keep_until)
    where removed_at is not null and pruned_at is null`.execute(db);
}

/** PostgreSQL has named it. */
async function moveConstraint(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select conname as name from pg_constraint
    where conrelid = 'teal.operations'::regclass and pg_get_constraintdef(oid) ilike '%(move is null) = %'`.execute(db);
  return rows[0]!.name;
}
