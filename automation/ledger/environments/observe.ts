import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";

/** False where it was observed already. */
export async function observeEnvironment(tx: Queries, name: string, by: string, reason: string): Promise<boolean> {
  const result = await tx
    .updateTable("environments")
    .set({ observed_at: sql<Date>`now()`, observed_by: text(by), observed_reason: text(reason) })
    .where("name", "=", name)
    .where("observed_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** False where it was managed already. */
export async function manageEnvironment(tx: Queries, name: string): Promise<boolean> {
  const result = await tx
    .updateTable("environments")
    .set({ observed_at: null, observed_by: null, observed_reason: null })
    .where("name", "=", name)
    .where("observed_at", "is not", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Who has it only observed, and why; null where it is managed. That can change at once: a worker looks again before it writes. */
export async function readObserved(tx: Queries, name: string): Promise<{ by: string; reason: string } | null> {
  const row = await tx
    .selectFrom("environments")
    .select(["observed_by", "observed_reason"])
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.observed_by == null ? null : { by: row.observed_by, reason: row.observed_reason ?? "" };
}
