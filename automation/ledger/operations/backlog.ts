import { sql } from "kysely";
import { holds } from "../../../model/machine/hours.ts";
import type { Queries } from "../database.ts";

/** How operations that have not ended are getting on. */
export interface Backlog {
  /** Could begin, and no worker has taken them yet. */
  waiting: number;
  /** Since when the longest of them waits. */
  oldest: Date | null;
  /** Held up by their environment or the hour. */
  held: number;
  /** A person has to act. */
  resting: number;
  underWay: number;
}

export async function readBacklog(db: Queries): Promise<Backlog> {
  const { rows } = await sql<Backlog>`
    select
      count(*) filter (where how = 'waiting') as waiting,
      min(created_at) filter (where how = 'waiting') as oldest,
      count(*) filter (where how = 'held') as held,
      count(*) filter (where how = 'resting') as resting,
      count(*) filter (where how = 'underWay') as "underWay"
    from (
      select created_at, case
        when outcome ->> 'code' in (${sql.join([...holds])}) then 'held'
        when phase in ('paused', 'halted', 'awaiting-approval') then 'resting'
        when phase = 'queued' and outcome is null and (lease_until is null or lease_until < now()) then 'waiting'
        else 'underWay'
      end as how
      from teal.operations
      where ended_at is null
    ) unfinished`.execute(db);
  return rows[0]!;
}
