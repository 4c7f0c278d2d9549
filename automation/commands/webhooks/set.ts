import { TealError } from "../../../model/errors.ts";
import type { NewWebhook, WebhookView } from "../../../model/webhook.ts";
import type { Call } from "../../automation.ts";
import { lockEnvironment } from "../../ledger/environments/lock.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { setWebhook } from "../../ledger/webhooks/set.ts";
import { webhookContext } from "../../secrets.ts";
import { urlProblem } from "../../telling/url.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { webhookView } from "./webhook.ts";

export async function setWebhookCommand(
  deps: Deps,
  environment: string,
  { url, secret, remindMinutes }: NewWebhook,
  call: Call,
): Promise<WebhookView> {
  requireEnvironment(deps, environment);
  requireUrl(deps, url);
  const { ledger } = deps;
  const { actor, reason = null } = call;
  const sealed = ledger.secrets.seal(webhookContext(environment), { secret });
  return once(ledger, call, async (tx) => {
    await lockEnvironment(tx, environment);
    const row = await setWebhook(tx, { environment, url, secret: sealed, remindMinutes, actor, reason });
    // Not the whole URL: those of some receivers are secrets.
    const { host } = new URL(url);
    const message = `${actor} set the webhook of environment ${environment} (${host})${reason === null ? "" : `: ${reason}`}`;
    const data = { actor, ...(reason !== null && { reason }), host, remindMinutes };
    await appendEvents(tx, [{ operation: null, environment, tenant: null, type: "webhook_set", message, data }]);
    return webhookView(row);
  });
}

function requireUrl({ posting }: Deps, url: string): void {
  const problem = urlProblem(url, posting.reach);
  if (!problem) return;
  const { expected, received } = problem;
  const error = { pointer: "/url", expected, received, message: `Expected ${expected}; got ${received}.` };
  throw new TealError("invalid_input", `${error.pointer}: ${error.message}`, { data: { errors: [error] } });
}
