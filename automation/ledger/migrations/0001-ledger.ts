import { sql, type Kysely } from "kysely";
import { operationKinds, operationStates, endStates, phases } from "../../../model/operation.ts";

const list = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** All tables of the first version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table teal.installation (key text primary key, value text not null)`.execute(db);
  await sql`
    create table teal.environments (
      name text primary key,
      created_at timestamptz not null default now(),
      stopped_at timestamptz,
      stopped_by text,
      stopped_reason text,
      check (num_nonnulls(stopped_at, stopped_by, stopped_reason) in (0, 3))
    )`.execute(db);
  await releases(db);
  await tenants(db);
  await operations(db);
  await events(db);
}

async function releases(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.releases (
      seq bigint generated always as identity,
      environment text not null references teal.environments,
      version text not null,
      spec jsonb not null,
      created_at timestamptz not null default now(),
      created_by text not null,
      withdrawn_at timestamptz,
      withdrawn_by text,
      withdrawn_reason text,
      primary key (environment, version),
      check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
    )`.execute(db);
  await sql`create unique index releases_seq on teal.releases (environment, seq)`.execute(db);
  // A version is one content for good, and so is a revision.
  await sql`
    create function teal.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% of %.% never changes', tg_argv[0], tg_table_schema, tg_table_name;
    end $$`.execute(db);
  await sql`
    create trigger releases_immutable before update on teal.releases for each row
    when (old.spec is distinct from new.spec or old.version <> new.version or old.environment <> new.environment)
    execute function teal.refuse_change('The content')`.execute(db);
}

async function tenants(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.tenants (
      uid uuid primary key default gen_random_uuid(),
      environment text not null references teal.environments,
      id text not null,
      revision integer not null,
      layout jsonb,
      readiness jsonb not null default '{}',
      created_at timestamptz not null default now(),
      created_by text not null,
      offboarded_at timestamptz
    )`.execute(db);
  // The id of an offboarded tenant can be given to another.
  await sql`create unique index tenants_id on teal.tenants (environment, id) where offboarded_at is null`.execute(db);
  await sql`
    create table teal.tenant_hostnames (
      hostname text primary key,
      tenant_uid uuid not null references teal.tenants
    )`.execute(db);
  await sql`create index tenant_hostnames_tenant on teal.tenant_hostnames (tenant_uid)`.execute(db);
  await sql`
    create table teal.revisions (
      tenant_uid uuid not null references teal.tenants,
      revision integer not null check (revision > 0),
      settings jsonb not null,
      secret_names text[] not null,
      secrets bytea not null,
      created_at timestamptz not null default now(),
      created_by text not null,
      primary key (tenant_uid, revision)
    )`.execute(db);
  await sql`
    create trigger revisions_immutable before update on teal.revisions for each row
    execute function teal.refuse_change('A revision')`.execute(db);
}

async function operations(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.operations (
      seq bigint generated always as identity unique,
      id uuid primary key default gen_random_uuid(),
      tenant_uid uuid not null references teal.tenants,
      environment text not null,
      tenant text not null,
      kind text not null check (kind in (${list(operationKinds)})),
      state text not null check (state in (${list(operationStates)})),
      phase text not null check (phase in (${list(phases)})),
      actor text not null,
      reason text,
      outcome jsonb,
      move jsonb,
      memory jsonb not null,
      request jsonb,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      ended_at timestamptz,
      fence bigint not null default 0,
      worker text,
      lease_until timestamptz,
      wake_at timestamptz,
      check ((ended_at is not null) = (state in (${list(endStates)}))),
      check ((move is null) = (kind = 'offboard')),
      check (num_nonnulls(worker, lease_until) in (0, 2)),
      check (ended_at is null or lease_until is null)
    )`.execute(db);
  // A tenant has one operation at a time.
  await sql`create unique index operations_one on teal.operations (tenant_uid) where ended_at is null`.execute(db);
  await sql`create index operations_tenant on teal.operations (environment, tenant, seq)`.execute(db);
  await sql`create index operations_of on teal.operations (tenant_uid, seq)`.execute(db);
  await sql`create index operations_waking on teal.operations (wake_at) where ended_at is null`.execute(db);
}

async function events(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.events (
      id bigint generated always as identity primary key,
      operation uuid,
      environment text not null,
      tenant text,
      at timestamptz not null default clock_timestamp(),
      type text not null,
      phase text,
      message text not null,
      data jsonb not null
    )`.execute(db);
  await sql`create index events_operation on teal.events (operation, id)`.execute(db);
  await sql`create index events_tenant on teal.events (environment, tenant, id)`.execute(db);
  await sql`
    create table teal.idempotency (
      key text not null,
      route text not null,
      body_hash text not null,
      response jsonb,
      created_at timestamptz not null default now(),
      primary key (key, route)
    )`.execute(db);
  await sql`create index idempotency_age on teal.idempotency (created_at)`.execute(db);
}
