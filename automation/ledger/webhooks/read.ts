import type { Queries } from "../database.ts";
import type { WebhookRow } from "../schema.ts";

/** Undefined: the environment has none. */
export async function readWebhook(db: Queries, environment: string): Promise<WebhookRow | undefined> {
  return db.selectFrom("webhooks").selectAll().where("environment", "=", environment).executeTakeFirst();
}
