import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { FreezeRow } from "../schema.ts";

/** Freezes that are in force or to come, in their order. */
export async function listFreezes(db: Queries, environment: string): Promise<FreezeRow[]> {
  return db
    .selectFrom("freezes")
    .selectAll()
    .where("environment", "=", environment)
    .where("lifted_at", "is", null)
    .where("ends_at", ">", sql<Date>`now()`)
    .orderBy("starts_at")
    .orderBy("id")
    .execute();
}
