import { sql, type Kysely } from "kysely";

/** Certificates, what is known of the names that they are for, and what a person has to be told of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.certificates (
      sequence bigint generated always as identity primary key,
      environment text not null references teal.environments,
      names text[] not null check (cardinality(names) > 0),
      provider text not null,
      reference text,
      state text not null default 'requested' check (state in ('requested', 'issued', 'failed')),
      requested_at timestamptz not null,
      failed_at timestamptz,
      failure text,
      expires_at timestamptz,
      listener integer,
      attached_at timestamptz,
      validations jsonb not null default '[]',
      looked_at timestamptz,
      check (num_nonnulls(listener, attached_at) in (0, 2)),
      check ((state = 'failed') = (failed_at is not null)),
      check (state <> 'issued' or (expires_at is not null and reference is not null))
    )`.execute(db);
  await sql`create index certificates_environment on teal.certificates (environment, sequence)`.execute(db);
  await sql`
    create table teal.certificate_names (
      environment text not null references teal.environments,
      hostname text not null,
      apart boolean not null,
      primary key (environment, hostname)
    )`.execute(db);
  await sql`
    create table teal.certificate_concerns (
      environment text not null references teal.environments,
      tenant text not null,
      code text not null,
      message text not null,
      hostnames text[] not null,
      since timestamptz not null default now(),
      primary key (environment, tenant)
    )`.execute(db);
  await sql`
    create table teal.certificate_problems (
      environment text primary key references teal.environments,
      message text not null,
      since timestamptz not null
    )`.execute(db);
  await notices(db);
}

/** Notices may be of no operation. */
async function notices(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table teal.notices
      alter column tenant drop not null,
      alter column operation drop not null`.execute(db);
  await sql`
    create unique index notices_of_no_operation on teal.notices (environment, coalesce(tenant, ''), about)
    where operation is null`.execute(db);
}
