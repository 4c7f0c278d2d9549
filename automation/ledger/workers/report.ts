import { sql } from "kysely";
import type { Queries } from "../database.ts";

/** A worker that has not reported for so long is left out for good, hours. */
const forgottenAfterHours = 24;

/** Notes that a worker lives, and forgets those that have not for a day. */
export async function reportWorker(db: Queries, name: string, version: string): Promise<void> {
  await db
    .insertInto("workers")
    .values({ name, version })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ version, seen_at: sql<Date>`now()` }))
    .execute();
  await db
    .deleteFrom("workers")
    .where("seen_at", "<", sql<Date>`now() - make_interval(hours => ${forgottenAfterHours})`)
    .execute();
}
