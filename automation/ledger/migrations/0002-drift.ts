import { sql, type Kysely } from "kysely";

/** What was found changed by others, and what an operator decided about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table teal.tenants add column kept jsonb, add column attention jsonb`.execute(db);
  await sql`alter table teal.environments add column unknown_stacks text[] not null default '{}'`.execute(db);
}
