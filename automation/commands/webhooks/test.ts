import { randomUUID } from "node:crypto";
import type { WebhookTestView } from "../../../model/webhook.ts";
import type { Call } from "../../automation.ts";
import { webhookContext } from "../../secrets.ts";
import { testBody } from "../../telling/body.ts";
import { post } from "../../telling/post.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { webhookOf } from "./webhook.ts";

/** Calls a webhook once, now, and says what came of it. */
export async function testWebhookCommand(deps: Deps, environment: string, call: Call): Promise<WebhookTestView> {
  const { ledger, posting, publicUrl } = deps;
  const { url, secret: sealed } = await ledger.read((db) => webhookOf(db, deps, environment));
  const test = async () => {
    const { secret } = ledger.secrets.open(webhookContext(environment), sealed) as { secret: string };
    const id = randomUUID();
    const body = JSON.stringify(testBody(id, environment, publicUrl()));
    const before = performance.now();
    const posted = await post({ url, secret, id, body }, posting);
    return { delivered: posted.problem === undefined, ...posted, milliseconds: Math.round(performance.now() - before) };
  };
  // A receiver that hangs should not hold a connection to the ledger, unless the answer is to be remembered.
  return call.idempotency ? once(ledger, call, test) : test();
}
