import { z } from "zod";
import { environmentModes, environmentName } from "../../model/environment.ts";
import { environmentView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { reason, reasonBody } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const params = z.strictObject({ env: environmentName });
const tag = "Environments";
const answers = { 200: { description: "The environment", schema: environmentView } };

export function environmentRoutes({ automation }: Deps): Route[] {
  return [
    route({
      method: "get",
      path: "/v1/environments",
      id: "listEnvironments",
      tag,
      summary: "List the declared environments",
      answers: { 200: { description: "All of them", schema: z.object({ items: z.array(environmentView) }) } },
      handle: async () => ({ status: 200, body: { items: await automation.environments.list() } }),
    }),
    route({
      method: "get",
      path: "/v1/environments/{env}",
      id: "getEnvironment",
      tag,
      summary: "Read an environment",
      params,
      answers,
      handle: async ({ params }) => ({ status: 200, body: await automation.environments.get(params.env) }),
    }),
    route({
      method: "post",
      path: "/v1/environments/{env}/stop",
      id: "stopEnvironment",
      tag,
      summary: "Start nothing and hold all weights, until resume",
      description: "Rollbacks still run. Stopping what is stopped changes nothing.",
      params,
      body: reasonBody,
      answers,
      handle: async ({ params, body, call }) => ({
        status: 200,
        body: await automation.environments.stop(params.env, { ...call, reason: body.reason }),
      }),
    }),
    route({
      method: "put",
      path: "/v1/environments/{env}/mode",
      id: "setEnvironmentMode",
      tag,
      summary: "Have an environment managed, or only observed",
      description:
        "`observe`: previews, drift and reports work; whatever would write to cluster or stacks is refused, and what is under way waits, its way back included.",
      params,
      body: z.strictObject({ mode: z.enum(environmentModes), reason }).meta({ id: "NewMode" }),
      answers,
      handle: async ({ params, body, call }) => ({
        status: 200,
        body: await automation.environments.setMode(params.env, body.mode, { ...call, reason: body.reason }),
      }),
    }),
    route({
      method: "post",
      path: "/v1/environments/{env}/resume",
      id: "resumeEnvironment",
      tag,
      summary: "Go on after a stop",
      params,
      body: reasonBody,
      answers,
      handle: async ({ params, body, call }) => ({
        status: 200,
        body: await automation.environments.resume(params.env, { ...call, reason: body.reason }),
      }),
    }),
  ];
}
