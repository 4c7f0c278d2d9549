import type { Queries } from "../database.ts";
import type { WebhookRow } from "../schema.ts";

/** Removes an environment's webhook and all that it was still to be told; gives what it was. */
export async function removeWebhook(tx: Queries, environment: string): Promise<WebhookRow | undefined> {
  return tx.deleteFrom("webhooks").where("environment", "=", environment).returningAll().executeTakeFirst();
}
