import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";

/** False where it was stopped already. */
export async function stopEnvironment(tx: Queries, name: string, by: string, reason: string): Promise<boolean> {
  const result = await tx
    .updateTable("environments")
    .set({ stopped_at: sql<Date>`now()`, stopped_by: text(by), stopped_reason: text(reason) })
    .where("name", "=", name)
    .where("stopped_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** False where it was not stopped. */
export async function resumeEnvironment(tx: Queries, name: string): Promise<boolean> {
  const result = await tx
    .updateTable("environments")
    .set({ stopped_at: null, stopped_by: null, stopped_reason: null })
    .where("name", "=", name)
    .where("stopped_at", "is not", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
