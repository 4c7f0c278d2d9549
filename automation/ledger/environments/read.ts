import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { EnvironmentRow } from "../schema.ts";

export type CountedEnvironment = EnvironmentRow & { tenants: number; releases: number };

/** The environments of these names with what they hold, in the order of the names. */
export async function readEnvironments(db: Queries, names: readonly string[]): Promise<CountedEnvironment[]> {
  const { rows } = await sql<CountedEnvironment>`
    select e.*,
      (select count(*) from teal.tenants t where t.environment = e.name and t.offboarded_at is null) as tenants,
      (select count(*) from teal.releases r where r.environment = e.name) as releases
    from unnest(${names}::text[]) with ordinality as wanted (name, place)
    join teal.environments e on e.name = wanted.name
    order by wanted.place`.execute(db);
  return rows;
}
