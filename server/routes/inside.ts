import { z } from "zod";
import { colors } from "../../model/color.ts";
import { logsView, podLimits, podsView } from "../../model/console/pods.ts";
import { stackView } from "../../model/console/stack.ts";
import { mostMinutes, trafficView } from "../../model/console/traffic.ts";
import { environmentName } from "../../model/environment.ts";
import { tenantId } from "../../model/tenant.ts";
import type { Deps } from "../deps.ts";
import { flag, wholeNumber } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const one = "/v1/environments/{env}/tenants/{id}";
const params = z.strictObject({ env: environmentName, id: tenantId });
const tag = "Inside a tenant";

/** What a tenant is like inside: traffic, pods, logs, stack. */
export function insideRoutes(deps: Deps): Route[] {
  return [traffic(deps), pods(deps), logs(deps), stack(deps)];
}

function traffic({ automation: { tenants } }: Deps): Route {
  const minutes = wholeNumber({ min: 1, max: mostMinutes, description: "How far back; 30 if not given" });
  return route({
    method: "get",
    path: `${one}/traffic`,
    id: "readTraffic",
    tag,
    summary: "See a tenant's requests over time, by color",
    description:
      "From Prometheus where there is one, else from samples that the server takes: of at most half an hour.",
    params,
    query: z.strictObject({ minutes: minutes.optional() }),
    answers: { 200: { description: "Rates, errors and times", schema: trafficView } },
    problems: ["tenant_not_found"],
    handle: async ({ params: { env, id }, query }) => ({
      status: 200,
      body: await tenants.traffic(env, id, query.minutes ?? 30),
    }),
  });
}

function pods({ automation: { tenants } }: Deps): Route {
  return route({
    method: "get",
    path: `${one}/pods`,
    id: "listPods",
    tag,
    summary: "See a tenant's pods as they are now",
    description: "Read from the cluster, with the last events of the namespace.",
    params,
    answers: { 200: { description: "The pods", schema: podsView } },
    problems: ["tenant_not_found", "cluster_unreachable"],
    handle: async ({ params: { env, id } }) => ({ status: 200, body: await tenants.pods(env, id) }),
  });
}

const logQuery = z.strictObject({
  color: z.enum(colors).optional(),
  pod: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, { error: "Expected the name of a pod." })
    .optional(),
  container: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, { error: "Expected the name of a container." })
    .optional(),
  previous: flag("Of the containers before their last restart").optional(),
  lines: wholeNumber({
    min: 1,
    max: podLimits.lines,
    description: "Last lines of each container; 100 if not given",
  }).optional(),
});

function logs({ automation: { tenants } }: Deps): Route {
  return route({
    method: "get",
    path: `${one}/logs`,
    id: "readLogs",
    tag,
    summary: "Read what a tenant's pods wrote",
    description: "Read from the cluster, with the tenant's secrets masked; bounded in lines and bytes.",
    params,
    query: logQuery,
    answers: { 200: { description: "The last lines of each container", schema: logsView } },
    problems: ["tenant_not_found", "pod_not_found", "cluster_unreachable"],
    handle: async ({ params: { env, id }, query: { lines = 100, previous = false, ...of } }) => ({
      status: 200,
      body: await tenants.logs(env, id, { ...of, lines, previous }),
    }),
  });
}

function stack({ automation: { tenants } }: Deps): Route {
  return route({
    method: "get",
    path: `${one}/stack`,
    id: "readStack",
    tag,
    summary: "See a tenant's stack as Pulumi has it",
    description: "Resources, outputs without secrets, and the last updates. Changes nothing, and waits for no update.",
    params,
    answers: { 200: { description: "The stack", schema: stackView } },
    problems: ["tenant_not_found", "stack_not_found", "stack_unreadable"],
    handle: async ({ params: { env, id } }) => ({ status: 200, body: await tenants.stack(env, id) }),
  });
}
