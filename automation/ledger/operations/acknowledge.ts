import { sql } from "kysely";
import type { Operation } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";
import { operationOf } from "./operationOf.ts";

/** Notes who has taken note of a bad end, and why no more is needed. Undefined where somebody has already. */
export async function acknowledgeOperation(
  tx: Queries,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<Operation | undefined> {
  const row = await tx
    .updateTable("operations")
    .set({ acknowledged_at: sql<Date>`now()`, acknowledged_by: text(by), acknowledged_reason: text(reason) })
    .where("id", "=", id)
    .where("acknowledged_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  return row && operationOf(row);
}
