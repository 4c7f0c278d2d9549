import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { newWebhook, webhookTestView, webhookView } from "../../model/webhook.ts";
import type { Deps } from "../deps.ts";
import { reason } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const params = z.strictObject({ env: environmentName });
const path = "/v1/environments/{env}/webhook";
const tag = "Webhooks";
const answers = { 200: { description: "The webhook, without its secret", schema: webhookView } };

export function webhookRoutes({ automation: { webhooks } }: Deps): Route[] {
  return [
    route({
      method: "get",
      path,
      id: "getWebhook",
      tag,
      summary: "Read where an environment tells that it needs a person",
      params,
      answers,
      problems: ["webhook_not_found"],
      handle: async ({ params }) => ({ status: 200, body: await webhooks.get(params.env) }),
    }),
    route({
      method: "put",
      path,
      id: "setWebhook",
      tag,
      summary: "Say where to tell of operations that wait for a person, halt, fail or go back",
      description:
        "Calls are signed as Standard Webhooks has it, and repeated until one is answered 2xx, for a day. docs/notifications.md says what is in them.",
      params,
      body: newWebhook.extend({ reason: reason.optional() }).meta({ id: "WebhookChange" }),
      answers,
      handle: async ({ params, body: { reason, ...webhook }, call }) => ({
        status: 200,
        body: await webhooks.set(params.env, webhook, reason === undefined ? call : { ...call, reason }),
      }),
    }),
    route({
      method: "delete",
      path,
      id: "removeWebhook",
      tag,
      summary: "Tell nobody any more",
      description: "What was not delivered yet is forgotten.",
      params,
      query: z.strictObject({ reason: reason.optional() }),
      answers: { 200: { description: "The webhook as it was", schema: webhookView } },
      problems: ["webhook_not_found"],
      handle: async ({ params, query, call }) => ({
        status: 200,
        body: await webhooks.remove(params.env, { ...call, ...query }),
      }),
    }),
    route({
      method: "post",
      path: `${path}/test`,
      id: "testWebhook",
      tag,
      summary: "Call the webhook once, now",
      params,
      answers: { 200: { description: "What came of it", schema: webhookTestView } },
      problems: ["webhook_not_found"],
      handle: async ({ params, call }) => ({ status: 200, body: await webhooks.test(params.env, call) }),
    }),
  ];
}
