import { sql } from "kysely";
import { outputLimits } from "../../../model/console/output.ts";
import type { Queries } from "../database.ts";

/** Forgets what was printed long ago. */
export async function pruneOutputs(db: Queries): Promise<void> {
  await db
    .deleteFrom("outputs")
    .where("ended_at", "<", sql<Date>`now() - make_interval(days => ${outputLimits.days})`)
    .execute();
}
