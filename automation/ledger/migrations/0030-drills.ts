import { sql, type Kysely } from "kysely";

/** Restore drills: those that wait, that run, and what came of the others. A tenant has one unfinished at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.drills (
      seq bigint generated always as identity unique,
      id uuid primary key default gen_random_uuid(),
      tenant_uid uuid not null references teal.tenants,
      backup uuid not null references teal.backups,
      actor text not null,
      reason text not null,
      state text not null default 'waiting' check (state in ('waiting', 'running', 'passed', 'failed')),
      asked_at timestamptz not null default now(),
      began_at timestamptz,
      ended_at timestamptz,
      fence integer not null default 0,
      lease_until timestamptz,
      restored_to timestamptz,
      newest_write_at timestamptz,
      rpo_seconds double precision,
      rto_seconds double precision,
      bytes bigint,
      files integer,
      code text,
      message text,
      check ((state in ('passed', 'failed')) = (ended_at is not null)),
      check (state <> 'passed' or num_nonnulls(rpo_seconds, rto_seconds, restored_to) = 3),
      check (state <> 'failed' or num_nonnulls(code, message) = 2)
    )`.execute(db);
  await sql`create unique index drills_one_at_a_time on teal.drills (tenant_uid) where ended_at is null`.execute(db);
  await sql`create index drills_of on teal.drills (tenant_uid, seq)`.execute(db);
  await sql`create index drills_of_backup on teal.drills (backup, seq)`.execute(db);
}
