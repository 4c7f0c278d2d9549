import { sql } from "kysely";
import type { Queries } from "../database.ts";

/** Drops the leases of workers whose names begin with `workerPrefix`, known to be dead; gives how many there were. */
export async function releaseLeasesOf(db: Queries, workerPrefix: string): Promise<number> {
  // The fence rises too: should one of them be alive after all, its writes are refused.
  const result = await db
    .updateTable("operations")
    .set({ worker: null, lease_until: null, wake_at: null, fence: sql<number>`fence + 1` })
    .where(sql<boolean>`starts_with(worker, ${workerPrefix})`)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
