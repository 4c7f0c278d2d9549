import { outputLimits } from "../../../model/console/output.ts";
import type { Queries } from "../database.ts";
import type { OutputRow } from "../schema.ts";

/** The last ones of an operation, oldest first. */
export async function listOutputs(db: Queries, operation: string): Promise<OutputRow[]> {
  const rows = await db
    .selectFrom("outputs")
    .selectAll()
    .where("operation", "=", operation)
    .orderBy("seq", "desc")
    .limit(outputLimits.runs)
    .execute();
  return rows.reverse();
}
