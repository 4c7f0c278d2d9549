import { sql } from "kysely";
import type { Queries } from "../database.ts";

/** How many tenants of a ring have a release live; null: none yet. */
export interface SkewCount {
  release: string | null;
  ring: number;
  tenants: number;
}

export async function countByRelease(db: Queries, environment: string): Promise<SkewCount[]> {
  const { rows } = await sql<SkewCount>`
    select t.layout -> 'slots' -> (t.layout ->> 'live') ->> 'release' as release,
      (r.settings ->> 'ring')::integer as ring, count(*) as tenants
    from teal.tenants t
    join teal.revisions r on r.tenant_uid = t.uid and r.revision = t.revision
    where t.environment = ${environment} and t.offboarded_at is null
    group by 1, 2
    order by 1, 2`.execute(db);
  return rows;
}
