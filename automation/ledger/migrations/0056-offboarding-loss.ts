import { sql, type Kysely } from "kysely";

/** What was lost with tenants that were removed without an export. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table teal.offboardings add column lost text`.execute(db);
}
