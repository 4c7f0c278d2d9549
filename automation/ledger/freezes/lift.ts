import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";
import type { FreezeRow } from "../schema.ts";

export async function readFreeze(db: Queries, environment: string, id: string): Promise<FreezeRow | undefined> {
  return db
    .selectFrom("freezes")
    .selectAll()
    .where("environment", "=", environment)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Undefined where it is over or lifted already, or there is none. */
export async function liftFreeze(
  tx: Queries,
  environment: string,
  id: string,
  { by, reason }: { by: string; reason: string | null },
): Promise<FreezeRow | undefined> {
  return tx
    .updateTable("freezes")
    .set({ lifted_at: sql<Date>`now()`, lifted_by: text(by), lifted_reason: reason === null ? null : text(reason) })
    .where("environment", "=", environment)
    .where("id", "=", id)
    .where("lifted_at", "is", null)
    .where("ends_at", ">", sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst();
}
