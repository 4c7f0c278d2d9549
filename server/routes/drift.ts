import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { tenantId } from "../../model/tenant.ts";
import { driftView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { explain } from "../http/explain.ts";
import { plan, reason } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";
import { accepted, acceptedAnswer } from "./accepted.ts";

const one = "/v1/environments/{env}/tenants/{id}";
const params = z.strictObject({ env: environmentName, id: tenantId });
const tag = "Drift";
const decision = z
  .strictObject({
    plan,
    reason,
  })
  .meta({ id: "DriftDecision" });

export function driftRoutes({ automation: { tenants } }: Deps): Route[] {
  return [
    route({
      method: "get",
      path: `${one}/drift`,
      id: "readDrift",
      tag,
      summary: "See what was changed behind Teal's back",
      description: "Reads every object of the tenant, its stack and its route as they are now. Changes nothing.",
      params,
      answers: { 200: { description: "What differs", schema: driftView } },
      problems: ["tenant_not_found", "preview_failed"],
      handle: async ({ params: { env, id } }) => ({ status: 200, body: await tenants.drift(env, id).catch(explain) }),
    }),
    route({
      method: "post",
      path: `${one}/drift/keep`,
      id: "keepDrift",
      tag,
      summary: "Keep what was changed, for now",
      description:
        "Weights, slots and settings that were found become those that Teal goes on from; other changes are left alone until an operation changes the same object. An operation that waits for this decision ends.",
      params,
      body: decision,
      answers: { 200: { description: "What still differs", schema: driftView } },
      problems: [
        "tenant_not_found",
        "tenant_busy",
        "environment_observed",
        "drift_changed",
        "cannot_keep",
        "hostname_taken",
        "preview_failed",
      ],
      handle: async ({ params: { env, id }, body: { plan, reason: why }, call }) => ({
        status: 200,
        body: await tenants.keep(env, id, plan, { ...call, reason: why }).catch(explain),
      }),
    }),
    route({
      method: "post",
      path: `${one}/repair`,
      id: "repairTenant",
      tag,
      summary: "Repair what was changed",
      description: "Previews once more, and mends what the plan lists: where there is more by then, nothing is done.",
      params,
      body: decision,
      answers: { 202: acceptedAnswer },
      problems: [
        "tenant_not_found",
        "tenant_busy",
        "environment_observed",
        "drift_changed",
        "nothing_to_repair",
        "preview_failed",
      ],
      handle: async ({ params: { env, id }, body: { plan, reason: why }, call }) =>
        accepted(await tenants.repair(env, id, plan, { ...call, reason: why }).catch(explain)),
    }),
  ];
}
