import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";
import type { FreezeRow } from "../schema.ts";

export interface FreezeToDeclare {
  environment: string;
  /** Null: now. */
  from: Date | null;
  to: Date;
  reason: string;
  actor: string;
}

/** Undefined where it would be over before it begins. */
export async function insertFreeze(tx: Queries, freeze: FreezeToDeclare): Promise<FreezeRow | undefined> {
  const { environment, from, to, reason, actor } = freeze;
  const begin = sql<Date>`coalesce(${from}::timestamptz, now())`;
  return tx
    .insertInto("freezes")
    .columns(["environment", "starts_at", "ends_at", "reason", "created_by"])
    .expression(
      sql`select ${environment}, ${begin}, ${to}::timestamptz, ${text(reason)}, ${text(actor)}
        where ${to}::timestamptz > greatest(now(), ${begin})`,
    )
    .returningAll()
    .executeTakeFirst();
}
