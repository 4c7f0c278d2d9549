import type { Queries } from "../database.ts";
import { json } from "../json.ts";

export interface IdempotencyKey {
  key: string;
  route: string;
  bodyHash: string;
}

export interface Remembered {
  bodyHash: string;
  response: { value: unknown } | null;
}

/**
 * Takes the key for this transaction; another one that has it is waited for. Null: it is ours, to be answered with
 * `rememberAnswer`. Else what was remembered of the earlier call.
 */
export async function takeKey(tx: Queries, { key, route, bodyHash }: IdempotencyKey): Promise<Remembered | null> {
  const taken = await tx
    .insertInto("idempotency")
    .values({ key, route, body_hash: bodyHash })
    .onConflict((conflict) => conflict.columns(["key", "route"]).doNothing())
    .returning("key")
    .executeTakeFirst();
  if (taken) return null;
  const row = await tx
    .selectFrom("idempotency")
    .select(["body_hash", "response"])
    .where("key", "=", key)
    .where("route", "=", route)
    .executeTakeFirstOrThrow();
  return { bodyHash: row.body_hash, response: row.response };
}

export async function rememberAnswer(tx: Queries, { key, route }: IdempotencyKey, value: unknown): Promise<void> {
  await tx
    .updateTable("idempotency")
    .set({ response: json({ value }) })
    .where("key", "=", key)
    .where("route", "=", route)
    .execute();
}
