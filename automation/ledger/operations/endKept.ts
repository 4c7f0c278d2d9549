import { sql } from "kysely";
import type { Operation, Outcome } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";

/**
 * Ends an operation that waits: what it was to change stays as somebody else has made it. A worker's hold on it is void.
 * A new tenant that was found there is as good as provisioned.
 */
export async function endKept(tx: Queries, { id, kind }: Operation, outcome: Outcome): Promise<void> {
  await tx
    .updateTable("operations")
    .set({
      state: kind === "provision" ? "succeeded" : "cancelled",
      phase: kind === "provision" ? "succeeded" : "cancelled",
      outcome: json(outcome),
      request: null,
      ended_at: sql<Date>`now()`,
      fence: sql<number>`fence + 1`,
      worker: null,
      lease_until: null,
      wake_at: null,
    })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
}
