import { z } from "zod";
import { alertStates, alertsTaken, alertView } from "../../model/alert.ts";
import { alertmanagerCall } from "../../model/alertmanager.ts";
import { environmentName } from "../../model/environment.ts";
import { tenantId } from "../../model/tenant.ts";
import { pageOf } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { defaultLimit, listOf, pageQuery } from "../http/parameters.ts";
import { alertsPath } from "../http/guard.ts";
import { route, type Route } from "../http/route.ts";

const tag = "Alerts";

export function alertRoutes({ automation: { alerts }, logger }: Deps): Route[] {
  return [
    route({
      method: "post",
      path: alertsPath,
      id: "takeAlerts",
      tag,
      summary: "Take what Alertmanager tells",
      description:
        "The body is that of Alertmanager's webhook. It takes TEAL_ALERTS_TOKEN, which is good for nothing else, and no other token. " +
        "The same alert again, by fingerprint and time, changes nothing. docs/alerts.md says how to set it up.",
      access: "alerts",
      body: alertmanagerCall,
      answers: { 200: { description: "What became of them", schema: alertsTaken } },
      problems: ["alerts_off"],
      handle: async ({ body, call }) => {
        const taken = await alerts.take(body, { ...call, actor: "alertmanager" });
        const { truncatedAlerts: truncated } = body;
        if (truncated > 0 || taken.refused > 0) {
          logger.warn({ truncated, refused: taken.refused, group: body.groupKey }, "alerts were left out");
        }
        return { status: 200, body: taken };
      },
    }),
    route({
      method: "get",
      path: alertsPath,
      id: "listAlerts",
      tag,
      summary: "List alerts, newest first",
      description: "Those that fire, and those of the last 30 days.",
      query: pageQuery.extend({
        environment: environmentName.optional(),
        tenant: tenantId.optional(),
        state: listOf(alertStates, "In one of these states"),
      }),
      answers: { 200: { description: "A page of them", schema: pageOf(alertView) } },
      problems: ["environment_not_found"],
      handle: async ({ query: { limit = defaultLimit, cursor, state, ...of } }) => ({
        status: 200,
        body: await alerts.list(
          { ...of, ...(state && { states: state }) },
          cursor === undefined ? { limit } : { limit, cursor },
        ),
      }),
    }),
    route({
      method: "get",
      path: "/v1/operations/{id}/alerts",
      id: "listOperationAlerts",
      tag,
      summary: "Critical alerts of the copy that an operation brings its release to",
      description: "Those that fired at some time while it was under way. They decide nothing: the analysis does.",
      params: z.strictObject({ id: z.uuid() }),
      answers: { 200: { description: "Oldest first, at most 50", schema: z.object({ items: z.array(alertView) }) } },
      problems: ["operation_not_found"],
      handle: async ({ params: { id } }) => ({ status: 200, body: { items: await alerts.during(id) } }),
    }),
  ];
}
