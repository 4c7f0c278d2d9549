import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";

/** False where it was withdrawn already, or there is none. */
export async function withdrawRelease(
  tx: Queries,
  environment: string,
  version: string,
  { by, reason }: { by: string; reason: string },
): Promise<boolean> {
  const result = await tx
    .updateTable("releases")
    .set({ withdrawn_at: sql<Date>`now()`, withdrawn_by: text(by), withdrawn_reason: text(reason) })
    .where("environment", "=", environment)
    .where("version", "=", version)
    .where("withdrawn_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
