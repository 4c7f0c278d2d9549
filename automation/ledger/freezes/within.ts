import type { Queries } from "../database.ts";
import type { FreezeRow } from "../schema.ts";

/** Freezes that are not lifted and overlap a time, in their order. */
export async function freezesWithin(
  db: Queries,
  environment: string,
  { from, to }: { from: Date; to: Date },
  limit: number,
): Promise<FreezeRow[]> {
  return db
    .selectFrom("freezes")
    .selectAll()
    .where("environment", "=", environment)
    .where("lifted_at", "is", null)
    .where("ends_at", ">", from)
    .where("starts_at", "<", to)
    .orderBy("starts_at")
    .orderBy("id")
    .limit(limit)
    .execute();
}
