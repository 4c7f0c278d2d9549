import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { newPolicy } from "../../model/policy.ts";
import { policyView, type PolicyView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { ifMatchHeaders, versionSeen } from "../http/ifMatch.ts";
import { reason, wholeNumber } from "../http/parameters.ts";
import { route, type Reply, type Route } from "../http/route.ts";

const params = z.strictObject({ env: environmentName });
const path = "/v1/environments/{env}/policy";
const tag = "Policies";
const etag = { ETag: "The policy's version, as If-Match takes it" };
const version = wholeNumber({ min: 0, max: 2_147_483_647, description: "An earlier version; the newest if not given" });

export function policyRoutes({ automation: { policies } }: Deps): Route[] {
  return [
    route({
      method: "get",
      path,
      id: "getPolicy",
      tag,
      summary: "Read how rollouts go in an environment",
      description: "Version 0 is what holds where nobody has set a policy: the installation's defaults (TEAL_PACE).",
      params,
      query: z.strictObject({ version: version.optional() }),
      answers: { 200: { description: "The policy", schema: policyView, headers: etag } },
      problems: ["policy_not_found"],
      handle: async ({ params, query }) => reply(await policies.get(params.env, query.version)),
    }),
    route({
      method: "put",
      path,
      id: "setPolicy",
      tag,
      summary: "Say how rollouts go in an environment",
      description:
        "Makes a new version; all are kept. What is left out is as the installation's defaults say. Operations that were accepted before keep theirs.",
      params,
      headers: ifMatchHeaders,
      body: z.strictObject({ policy: newPolicy, reason }).meta({ id: "PolicyChange" }),
      answers: { 200: { description: "The policy from now on", schema: policyView, headers: etag } },
      problems: ["revision_mismatch", "if_match_required", "affinity_unsupported"],
      handle: async ({ params, headers, body, call }) => {
        const seen = versionSeen(headers["if-match"], "the policy");
        return reply(await policies.set(params.env, body.policy, seen, { ...call, reason: body.reason }));
      },
    }),
  ];
}

function reply(policy: PolicyView): Reply {
  return { status: 200, body: policy, headers: { ETag: `"${policy.version}"` } };
}
