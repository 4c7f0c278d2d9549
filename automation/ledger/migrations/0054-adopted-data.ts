import { sql, type Kysely } from "kysely";

/** What a tenant has on AWS that was there before it; no two tenants the same, in whatever environment. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table teal.tenants add column adopted_data jsonb`.execute(db);
  await sql`
    create unique index tenants_adopted_cluster on teal.tenants ((adopted_data -> 'database' ->> 'cluster'))
      where offboarded_at is null`.execute(db);
  await sql`
    create unique index tenants_adopted_bucket on teal.tenants ((adopted_data -> 'bucket' ->> 'name'))
      where offboarded_at is null`.execute(db);
}
