import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";

/** Keeps what is left of a tenant until then. False where it is kept as long already, or is being pruned. */
export async function holdOffboarded(
  tx: Queries,
  operation: string,
  { until, by, reason }: { until: Date; by: string; reason: string },
): Promise<boolean> {
  const result = await tx
    .updateTable("offboardings")
    .set({ keep_until: until, held_at: sql<Date>`now()`, held_by: text(by), held_reason: text(reason) })
    .where("operation", "=", operation)
    .where("removed_at", "is not", null)
    .where("pruning_at", "is", null)
    .where("keep_until", "<", until)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
