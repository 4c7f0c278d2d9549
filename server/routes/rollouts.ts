import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { newRollout } from "../../model/policy.ts";
import { tenantId } from "../../model/tenant.ts";
import type { Deps } from "../deps.ts";
import { reason } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";
import { accepted, acceptedAnswer } from "./accepted.ts";

const params = z.strictObject({ env: environmentName, id: tenantId });
const tag = "Rollouts";

export function rolloutRoutes({ automation: { tenants } }: Deps): Route[] {
  return [
    route({
      method: "post",
      path: "/v1/environments/{env}/tenants/{id}/rollouts",
      id: "startRollout",
      tag,
      summary: "Bring a tenant to a release",
      description:
        "What is left out is as the tenant's and then the environment's policy says. Outside of maintenance windows it waits; in a freeze it is refused.",
      params,
      body: newRollout,
      answers: { 202: acceptedAnswer },
      problems: [
        "tenant_not_found",
        "tenant_busy",
        "environment_observed",
        "tenant_suspended",
        "release_not_found",
        "release_withdrawn",
        "schema_too_new",
        "migration_skipped",
        "backups_unavailable",
        "already_live",
        "frozen",
        "affinity_unsupported",
      ],
      handle: async ({ params, body, call }) => {
        const why = body.reason === undefined ? {} : { reason: body.reason };
        return accepted(await tenants.rollout(params.env, params.id, body, { ...call, ...why }));
      },
    }),
    route({
      method: "post",
      path: "/v1/environments/{env}/tenants/{id}/rollback",
      id: "rollBack",
      tag,
      summary: "Move a tenant's traffic back",
      description: "Turns a rollout under way round, else moves back to the old slot. Never refused as busy.",
      params,
      body: z.strictObject({ reason: reason.optional() }).meta({ id: "OptionalReason" }),
      bodyOptional: true,
      answers: { 202: acceptedAnswer },
      problems: ["tenant_not_found", "nothing_to_roll_back_to", "tenant_suspended"],
      handle: async ({ params, body, call }) =>
        accepted(await tenants.rollback(params.env, params.id, { ...call, ...body })),
    }),
  ];
}
