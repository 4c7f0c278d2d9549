import { sql } from "kysely";
import type { Migrating } from "../../../model/migration.ts";
import type { Queries } from "../database.ts";

/** These releases of an environment, and all others of it that have a migration. */
export async function migratingReleases(
  db: Queries,
  environment: string,
  versions: readonly string[],
): Promise<Migrating[]> {
  const { rows } = await sql<Migrating>`
    select version, seq, spec -> 'migration' as migration
    from teal.releases
    where environment = ${environment} and (version = any(${[...versions]}) or spec ? 'migration')`.execute(db);
  return rows;
}
