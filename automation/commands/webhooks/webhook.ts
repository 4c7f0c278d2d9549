import { TealError } from "../../../model/errors.ts";
import type { WebhookView } from "../../../model/webhook.ts";
import type { Queries } from "../../ledger/database.ts";
import type { WebhookRow } from "../../ledger/schema.ts";
import { readWebhook } from "../../ledger/webhooks/read.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";

/** Throws `environment_not_found`, `webhook_not_found`. */
export async function webhookOf(
  db: Queries,
  deps: Pick<Deps, "environments">,
  environment: string,
): Promise<WebhookRow> {
  requireEnvironment(deps, environment);
  const row = await readWebhook(db, environment);
  if (!row) throw webhookNotFound(environment);
  return row;
}

export function webhookNotFound(environment: string): TealError {
  const message = `Environment ${environment} has no webhook. PUT one first.`;
  return new TealError("webhook_not_found", message, { data: { environment } });
}

/** Without its secret. */
export function webhookView(row: WebhookRow): WebhookView {
  const { environment, url, remind_minutes: remindMinutes, changed_by: by, changed_reason: reason } = row;
  const changed = { at: row.changed_at.toISOString(), by, ...(reason !== null && { reason }) };
  return { environment, url, remindMinutes, changed };
}
