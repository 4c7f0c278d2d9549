import { sql } from "kysely";
import type { Queries } from "../database.ts";

/** How far a release is behind the newest one. */
export interface Age {
  version: string;
  withdrawn: boolean;
  /** How many newer ones there are that are not withdrawn. */
  behind: number;
  /** When the first of them came. */
  since: Date | null;
}

/** All releases of an environment, newest first. */
export async function readAges(db: Queries, environment: string): Promise<Age[]> {
  const { rows } = await sql<Age>`
    select version, withdrawn_at is not null as withdrawn,
      count(*) filter (where withdrawn_at is null) over newer as behind,
      min(created_at) filter (where withdrawn_at is null) over newer as since
    from teal.releases
    where environment = ${environment}
    window newer as (order by seq desc rows between unbounded preceding and 1 preceding)
    order by seq desc`.execute(db);
  return rows;
}
