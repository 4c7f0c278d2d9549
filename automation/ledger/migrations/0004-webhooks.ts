import { sql, type Kysely } from "kysely";

/** Where to tell people of operations, and what is still to be told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.webhooks (
      environment text primary key references teal.environments,
      url text not null,
      secret bytea not null,
      remind_minutes integer not null check (remind_minutes > 0),
      changed_at timestamptz not null default now(),
      changed_by text not null,
      changed_reason text
    )`.execute(db);
  await sql`
    create table teal.notices (
      id uuid primary key default gen_random_uuid(),
      environment text not null references teal.webhooks on delete cascade,
      tenant text not null,
      operation uuid not null,
      type text not null,
      about text not null,
      content jsonb not null,
      happened_at timestamptz not null default now(),
      since timestamptz not null default now(),
      due_at timestamptz not null default now(),
      attempts integer not null default 0,
      lease_until timestamptz,
      unique (operation, about)
    )`.execute(db);
  await sql`create index notices_due on teal.notices (environment, due_at)`.execute(db);
}
