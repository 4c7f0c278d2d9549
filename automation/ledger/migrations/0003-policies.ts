import { sql, type Kysely } from "kysely";

/** Policies with their history, freezes, and where releases were promoted from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.policies (
      environment text not null references teal.environments,
      version integer not null check (version > 0),
      policy jsonb not null,
      created_at timestamptz not null default now(),
      created_by text not null,
      reason text not null,
      primary key (environment, version)
    )`.execute(db);
  await sql`
    create trigger policies_immutable before update on teal.policies for each row
    execute function teal.refuse_change('A version')`.execute(db);
  await sql`
    create table teal.freezes (
      id uuid primary key default gen_random_uuid(),
      environment text not null references teal.environments,
      starts_at timestamptz not null,
      ends_at timestamptz not null check (ends_at > starts_at),
      reason text not null,
      created_at timestamptz not null default now(),
      created_by text not null,
      lifted_at timestamptz,
      lifted_by text,
      lifted_reason text,
      check (num_nonnulls(lifted_at, lifted_by) in (0, 2))
    )`.execute(db);
  await sql`create index freezes_coming on teal.freezes (environment, ends_at) where lifted_at is null`.execute(db);
  await promotions(db);
}

async function promotions(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table teal.releases
      add column promoted_from text references teal.environments,
      add column promoted_at timestamptz,
      add column promoted_by text,
      add column promoted_reason text,
      add check (num_nonnulls(promoted_from, promoted_at, promoted_by, promoted_reason) in (0, 4))`.execute(db);
  await sql`
    create index operations_proofs on teal.operations (environment, (move -> 'content' ->> 'release'))
    where state = 'succeeded' and kind in ('rollout', 'provision')`.execute(db);
}
