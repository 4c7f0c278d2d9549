import { sql, type Kysely } from "kysely";

/** Which clusters a tenant has, as its data stack was brought to last; null: none, or not known since before this was written down. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table teal.tenants add column clusters jsonb`.execute(db);
}
