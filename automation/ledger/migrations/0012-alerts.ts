import { sql, type Kysely } from "kysely";

/** What Alertmanager tells. Alerts may be about the platform, which is no environment's: so may events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.alerts (
      seq bigint generated always as identity unique,
      id uuid primary key default gen_random_uuid(),
      fingerprint text not null,
      starts_at timestamptz not null,
      name text not null,
      severity text not null check (severity in ('critical', 'warning', 'info')),
      environment text references teal.environments,
      tenant text,
      color text check (color in ('blue', 'green')),
      summary text not null,
      description text,
      runbook text,
      generator text,
      labels jsonb not null,
      told_at timestamptz not null default now(),
      expires_at timestamptz not null,
      ended_at timestamptz,
      lapsed boolean not null default false,
      unique (fingerprint, starts_at),
      check (tenant is null or environment is not null),
      check (not lapsed or ended_at is not null)
    )`.execute(db);
  // An alert fires once at a time.
  await sql`create unique index alerts_one on teal.alerts (fingerprint) where ended_at is null`.execute(db);
  await sql`create index alerts_of on teal.alerts (environment, tenant, seq)`.execute(db);
  await sql`create index alerts_over on teal.alerts (ended_at) where ended_at is not null`.execute(db);
  await sql`alter table teal.events alter column environment drop not null`.execute(db);
}
