import { sql, type Kysely } from "kysely";

/** Which commit and pipeline releases come from. It never changes, as their content doesn't. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table teal.releases add column provenance jsonb`.execute(db);
  await sql`
    create trigger releases_provenance before update on teal.releases for each row
    when (old.provenance is distinct from new.provenance)
    execute function teal.refuse_change('The provenance')`.execute(db);
}
