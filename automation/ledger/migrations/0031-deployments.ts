import { sql, type Kysely } from "kysely";

/**
 * What is still to be written of tenants' deployments to a table elsewhere: a row per tenant that has changed since, however
 * often it did, and up to which event that is known.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.deployment_feeds (
      name text primary key,
      cursor bigint not null,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table teal.deployment_changes (
      feed text not null references teal.deployment_feeds on delete cascade,
      environment text not null,
      tenant text not null,
      seq bigint not null,
      since timestamptz not null default now(),
      due_at timestamptz not null default now(),
      attempts integer not null default 0,
      lease_until timestamptz,
      primary key (feed, environment, tenant)
    )`.execute(db);
  await sql`create index deployment_changes_due on teal.deployment_changes (feed, due_at)`.execute(db);
}
