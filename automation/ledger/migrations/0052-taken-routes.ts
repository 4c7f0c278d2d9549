import { sql, type Kysely } from "kysely";

/**
 * Routes that somebody else had made and whose host names an adoption has taken, as they were before: by these they can be put
 * there again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.taken_routes (
      tenant_uid uuid not null references teal.tenants,
      namespace text not null,
      name text not null,
      hostnames text[] not null,
      manifest jsonb not null,
      taken_at timestamptz not null default now(),
      primary key (tenant_uid, namespace, name)
    )`.execute(db);
}
