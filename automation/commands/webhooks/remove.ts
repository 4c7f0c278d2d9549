import type { WebhookView } from "../../../model/webhook.ts";
import type { Call } from "../../automation.ts";
import { lockEnvironment } from "../../ledger/environments/lock.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { removeWebhook } from "../../ledger/webhooks/remove.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { webhookNotFound, webhookView } from "./webhook.ts";

export async function removeWebhookCommand(deps: Deps, environment: string, call: Call): Promise<WebhookView> {
  requireEnvironment(deps, environment);
  const { actor, reason = null } = call;
  return once(deps.ledger, call, async (tx) => {
    await lockEnvironment(tx, environment);
    const row = await removeWebhook(tx, environment);
    if (!row) throw webhookNotFound(environment);
    const message = `${actor} removed the webhook of environment ${environment}${reason === null ? "" : `: ${reason}`}`;
    const data = { actor, ...(reason !== null && { reason }) };
    await appendEvents(tx, [{ operation: null, environment, tenant: null, type: "webhook_removed", message, data }]);
    return webhookView(row);
  });
}
