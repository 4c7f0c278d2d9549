import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";

/** Notes where a release came from. False where it was promoted already: the first promotion stays. */
export async function notePromotion(
  tx: Queries,
  environment: string,
  version: string,
  { from, by, reason }: { from: string; by: string; reason: string },
): Promise<boolean> {
  const result = await tx
    .updateTable("releases")
    .set({ promoted_from: from, promoted_at: sql<Date>`now()`, promoted_by: text(by), promoted_reason: text(reason) })
    .where("environment", "=", environment)
    .where("version", "=", version)
    .where("promoted_from", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Whether a tenant of the environment has been brought to the release and kept it. */
export async function isProven(db: Queries, environment: string, version: string): Promise<boolean> {
  const row = await db
    .selectFrom("operations")
    .select("id")
    .where("environment", "=", environment)
    .where(sql<string>`move -> 'content' ->> 'release'`, "=", version)
    .where("state", "=", "succeeded")
    .where("kind", "in", ["rollout", "provision"])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
