import type { Automation } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { removeWebhookCommand } from "./remove.ts";
import { setWebhookCommand } from "./set.ts";
import { testWebhookCommand } from "./test.ts";
import { webhookOf, webhookView } from "./webhook.ts";

export function webhookCommands(deps: Deps): Automation["webhooks"] {
  return {
    get: async (environment) => webhookView(await deps.ledger.read((db) => webhookOf(db, deps, environment))),
    set: (environment, webhook, call) => setWebhookCommand(deps, environment, webhook, call),
    remove: (environment, call) => removeWebhookCommand(deps, environment, call),
    test: (environment, call) => testWebhookCommand(deps, environment, call),
  };
}
