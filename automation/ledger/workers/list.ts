import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { WorkerRow } from "../schema.ts";

/** A worker reports every few seconds; silent for longer than this, it is taken for dead, seconds. */
const silentSeconds = 20;

/** All workers that have reported of late, by name, with whether they live and how many operations they hold. */
export async function listWorkers(db: Queries): Promise<(WorkerRow & { alive: boolean; operations: number })[]> {
  const { rows } = await sql<WorkerRow & { alive: boolean; operations: number }>`
    select w.*,
      w.seen_at > now() - make_interval(secs => ${silentSeconds}) as alive,
      (select count(*) from teal.operations o
       where o.worker = w.name and o.ended_at is null and o.lease_until > now()) as operations
    from teal.workers w
    order by w.name`.execute(db);
  return rows;
}
