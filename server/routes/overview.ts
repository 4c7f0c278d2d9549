import { z } from "zod";
import { activityItem } from "../../model/console/activity.ts";
import { attentionView } from "../../model/console/attention.ts";
import { calendarLimits, calendarView } from "../../model/console/calendar.ts";
import { fleetView, skewView } from "../../model/console/fleet.ts";
import { statusView } from "../../model/console/status.ts";
import { environmentName } from "../../model/environment.ts";
import { phases } from "../../model/operation.ts";
import { tenantId } from "../../model/tenant.ts";
import { pageOf } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { actor } from "../http/call.ts";
import { invalidField } from "../http/fields.ts";
import { defaultLimit, flag, listOf, moment, pageQuery, wholeNumber } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const params = z.strictObject({ env: environmentName });
const E = "/v1/environments/{env}";
const tag = "Overview";
const day = 86_400_000;

/** What operators look at first: what needs them, Teal itself, all tenants, what is due, what happened. */
export function overviewRoutes(deps: Deps): Route[] {
  return [attention(deps), status(deps), fleet(deps), skew(deps), calendar(deps), activity(deps)];
}

function attention({ automation: { overview } }: Deps): Route {
  return route({
    method: "get",
    path: "/v1/attention",
    id: "listAttention",
    tag,
    summary: "See what needs a person, nearest deadline first",
    description:
      "Operations that wait for a person, halted, failed or went back unasked; tenants and environments that somebody should look at.",
    query: pageQuery.extend({ environment: environmentName.optional() }),
    answers: { 200: { description: "A page of it", schema: attentionView } },
    problems: ["environment_not_found"],
    handle: async ({ query: { environment, ...page } }) => ({
      status: 200,
      body: await overview.attention(environment ? { environment } : {}, { limit: defaultLimit, ...page }),
    }),
  });
}

function status({ automation: { overview } }: Deps): Route {
  return route({
    method: "get",
    path: "/v1/status",
    id: "getStatus",
    tag,
    summary: "See how Teal itself is",
    description: "Answers 200 where something is not well, too: `ok` and `parts` say so. Probes ask /readyz.",
    answers: { 200: { description: "Its parts, workers and queue", schema: statusView } },
    handle: async () => ({ status: 200, body: await overview.status() }),
  });
}

const most = 10_000;
const fleetQuery = pageQuery.extend({
  limit: wholeNumber({ min: 1, max: most, description: `How many to answer with; ${most} if not given` }).optional(),
});

function fleet({ automation: { overview } }: Deps): Route {
  const etag = { ETag: "Of all that is in it, as If-None-Match takes it" };
  return route({
    method: "get",
    path: `${E}/fleet`,
    id: "readFleet",
    tag,
    summary: "See all tenants, a compact row each",
    description: "From the ledger only. What is usual is left out of a row.",
    params,
    query: fleetQuery,
    headers: z.object({ "if-none-match": z.string().max(200).optional() }),
    answers: {
      200: { description: "The tenants, by id", schema: fleetView, headers: etag },
      304: { description: "Nothing has changed", headers: etag },
    },
    handle: async ({ params, query, headers }) => {
      const seen = /^(?:W\/)?"([0-9a-f]+)"$/.exec(headers["if-none-match"]?.trim() ?? "")?.[1];
      const found = await overview.fleet(params.env, { limit: most, ...query }, seen);
      const headersOf = { ETag: `"${found.etag}"` };
      return { status: found.view ? 200 : 304, body: found.view, headers: headersOf };
    },
  });
}

function skew({ automation: { overview } }: Deps): Route {
  return route({
    method: "get",
    path: `${E}/skew`,
    id: "readSkew",
    tag,
    summary: "Count tenants by the release that is live",
    params,
    answers: { 200: { description: "Tenants by release and ring", schema: skewView } },
    handle: async ({ params }) => ({ status: 200, body: await overview.skew(params.env) }),
  });
}

function calendar({ automation: { overview } }: Deps): Route {
  return route({
    method: "get",
    path: `${E}/calendar`,
    id: "readCalendar",
    tag,
    summary: "See what is due: windows, freezes, approvals, holds, what waits",
    params,
    query: z.strictObject({
      from: moment("Where it begins; now, if not given").optional(),
      to: moment(`Where it ends; two weeks later, if not given; at most ${calendarLimits.days} days`).optional(),
    }),
    answers: { 200: { description: "What is due, by when it begins", schema: calendarView } },
    handle: async ({ params, query }) => {
      const from = query.from ?? new Date();
      const to = query.to ?? new Date(from.getTime() + 14 * day);
      requireSpan(from, to);
      return { status: 200, body: await overview.calendar(params.env, { from, to }) };
    },
  });
}

function requireSpan(from: Date, to: Date): void {
  if (to > from && to.getTime() - from.getTime() <= calendarLimits.days * day) return;
  const expected = `a time after \`from\`, by at most ${calendarLimits.days} days`;
  const received = JSON.stringify(to.toISOString());
  const message = `Expected ${expected}; got ${received}.`;
  throw invalidField({ in: "query", name: "to", expected, received, message });
}

const types = z
  .string()
  .regex(/^[a-z_]{1,40}(,[a-z_]{1,40}){0,19}$/, { error: "Expected at most 20 types of events, separated by commas." })
  .transform((text) => text.split(","))
  .meta({ override: { type: "array", items: { type: "string" }, pattern: undefined } })
  .optional()
  .meta({
    description: "Of these types",
    example: ["requested", "accepted"],
    param: { style: "form", explode: false },
  });

const activityQuery = pageQuery.extend({
  environment: environmentName.optional(),
  tenant: tenantId.optional(),
  operation: z.uuid().optional(),
  actor: actor.optional().meta({ description: "Caused by this one" }),
  type: types,
  phase: listOf(phases, "That came with one of these phases"),
  people: flag("Only what somebody caused").optional(),
  since: moment("Not before").optional(),
  until: moment("Before").optional(),
});

function activity({ automation: { overview } }: Deps): Route {
  return route({
    method: "get",
    path: "/v1/activity",
    id: "listActivity",
    tag,
    summary: "See who did what, and what came about, newest first",
    query: activityQuery,
    answers: { 200: { description: "A page of it", schema: pageOf(activityItem) } },
    problems: ["environment_not_found", "operation_not_found"],
    handle: async ({ query: { limit = defaultLimit, cursor, type, phase, ...of } }) => {
      const filter = { ...of, ...(type && { types: type }), ...(phase && { phases: phase }) };
      const page = cursor === undefined ? { limit } : { limit, cursor };
      return { status: 200, body: await overview.activity(filter, page) };
    },
  });
}
