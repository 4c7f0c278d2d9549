import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { mostReplicas, tenantId } from "../../model/tenant.ts";
import type { Deps } from "../deps.ts";
import { reason, reasonBody } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";
import { accepted, acceptedAnswer } from "./accepted.ts";

const one = "/v1/environments/{env}/tenants/{id}";
const params = z.strictObject({ env: environmentName, id: tenantId });
const tag = "Tenants";
const answers = { 202: acceptedAnswer };

const replicas = z
  .int()
  .min(1)
  .max(mostReplicas)
  .nullable()
  .meta({ description: "Web pods of a full slot; null: as many as the tier says", example: 5 });

export function lifecycleRoutes(deps: Deps): Route[] {
  return [restart(deps), scale(deps), suspend(deps), unsuspend(deps)];
}

function restart({ automation: { tenants } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/restart`,
    id: "restartTenant",
    tag,
    summary: "Restart a tenant without an outage",
    description:
      "New pods of the same release and settings, by way of the idle slot and the policy's steps. Gates don't apply; windows and freezes do.",
    params,
    body: reasonBody,
    answers,
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "environment_observed",
      "not_provisioned",
      "tenant_suspended",
      "frozen",
    ],
    handle: async ({ params: { env, id }, body, call }) =>
      accepted(await tenants.restart(env, id, { ...call, ...body })),
  });
}

function scale({ automation: { tenants } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/scale`,
    id: "scaleTenant",
    tag,
    summary: "Set how many web pods a tenant has",
    description: "In place, whatever the tier says; stays over rollouts. The namespace's quota grows with it.",
    params,
    body: z.strictObject({ replicas, reason }).meta({ id: "NewScale" }),
    answers,
    problems: ["tenant_not_found", "tenant_busy", "environment_observed", "not_provisioned", "tenant_suspended"],
    handle: async ({ params: { env, id }, body, call }) =>
      accepted(await tenants.scale(env, id, body.replicas, { ...call, reason: body.reason })),
  });
}

function suspend({ automation: { tenants } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/suspend`,
    id: "suspendTenant",
    tag,
    summary: "Suspend a tenant: no requests, no pods",
    description: "Requests are answered with 503, pods go to zero; data and settings stay.",
    params,
    body: reasonBody,
    answers,
    problems: ["tenant_not_found", "tenant_busy", "environment_observed", "not_provisioned", "tenant_suspended"],
    handle: async ({ params: { env, id }, body, call }) =>
      accepted(await tenants.suspend(env, id, { ...call, ...body })),
  });
}

function unsuspend({ automation: { tenants } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/unsuspend`,
    id: "unsuspendTenant",
    tag,
    summary: "Bring a suspended tenant back",
    description: "Pods first; once they are ready and answer the checks, the route leads to them again.",
    params,
    body: reasonBody,
    answers,
    problems: ["tenant_not_found", "tenant_busy", "environment_observed", "not_provisioned", "not_suspended"],
    handle: async ({ params: { env, id }, body, call }) =>
      accepted(await tenants.unsuspend(env, id, { ...call, ...body })),
  });
}
