import { sql, type Kysely } from "kysely";

/** What operators look at: who has taken note of what, which workers there are, and the events by who, when and where. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table teal.operations
      add column acknowledged_at timestamptz,
      add column acknowledged_by text,
      add column acknowledged_reason text,
      add check (num_nonnulls(acknowledged_at, acknowledged_by, acknowledged_reason) in (0, 3))`.execute(db);
  await sql`alter table teal.environments add column unknown_stacks_at timestamptz`.execute(db);
  await sql`update teal.environments set unknown_stacks_at = now() where unknown_stacks <> '{}'`.execute(db);
  await sql`
    create table teal.workers (
      name text primary key,
      version text not null,
      started_at timestamptz not null default now(),
      seen_at timestamptz not null default now()
    )`.execute(db);
  await indexes(db);
}

async function indexes(db: Kysely<unknown>): Promise<void> {
  // The last operation of a tenant that says how it went: see overview/endedBadly.ts.
  await sql`
    create index operations_ends on teal.operations (tenant_uid, seq desc)
    where state in ('succeeded', 'failed', 'rolled-back')`.execute(db);
  await sql`create index operations_environment on teal.operations (environment, seq)`.execute(db);
  await sql`
    create index operations_release on teal.operations (environment, (move -> 'content' ->> 'release'), tenant_uid, seq desc)
    where move is not null`.execute(db);
  await sql`create index events_environment on teal.events (environment, id)`.execute(db);
  await sql`create index events_type on teal.events (type, id)`.execute(db);
  await sql`create index events_actor on teal.events ((data ->> 'actor'), id) where data ? 'actor'`.execute(db);
  await sql`create index events_at on teal.events (at)`.execute(db);
}
