import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { newFreeze } from "../../model/freeze.ts";
import { freezeView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { reason } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const params = z.strictObject({ env: environmentName });
const path = "/v1/environments/{env}/freezes";
const tag = "Policies";

export function freezeRoutes({ automation: { freezes } }: Deps): Route[] {
  return [
    route({
      method: "post",
      path,
      id: "declareFreeze",
      tag,
      summary: "Let no rollout begin for a while",
      description:
        "Rollouts, and changes that need new pods, are refused while it is in force unless they say why not, and wait where they were accepted before. What has begun goes on; rollbacks and repairs are never held up.",
      params,
      body: newFreeze,
      answers: { 201: { description: "The freeze", schema: freezeView } },
      handle: async ({ params, body, call }) => ({
        status: 201,
        body: await freezes.declare(params.env, body, call),
      }),
    }),
    route({
      method: "get",
      path,
      id: "listFreezes",
      tag,
      summary: "List freezes in force or to come",
      params,
      answers: { 200: { description: "All of them", schema: z.object({ items: z.array(freezeView) }) } },
      handle: async ({ params }) => ({ status: 200, body: { items: await freezes.list(params.env) } }),
    }),
    route({
      method: "delete",
      path: `${path}/{id}`,
      id: "liftFreeze",
      tag,
      summary: "Lift a freeze",
      description: "What waited for it goes on. Lifting what is over or lifted changes nothing.",
      params: params.extend({ id: z.uuid().meta({ description: "The freeze's id" }) }),
      query: z.strictObject({ reason: reason.optional() }),
      answers: { 200: { description: "The freeze, lifted", schema: freezeView } },
      problems: ["freeze_not_found"],
      handle: async ({ params, query, call }) => ({
        status: 200,
        body: await freezes.lift(params.env, params.id, { ...call, ...query }),
      }),
    }),
  ];
}
