import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { interventions, operationKinds, operationStates, type Intervention } from "../../model/operation.ts";
import { tenantId } from "../../model/tenant.ts";
import { outputView } from "../../model/console/output.ts";
import { operationView, pageOf } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { defaultLimit, listOf, pageQuery, plan, reason, reasonBody } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";
import { accepted, acceptedAnswer } from "./accepted.ts";

const params = z.strictObject({ id: z.uuid().meta({ description: "The operation's id" }) });
const tag = "Operations";

const summaries: Record<Intervention, string> = {
  pause: "Hold an operation where it is",
  resume: "Go on after a pause or a halt",
  approve: "Let a waiting operation go on",
  reject: "Refuse a waiting operation",
  abort: "Give up: traffic goes back to where it was",
  rollback: "Turn a rollout round: traffic goes back to where it was",
  finish: "Move all traffic at once",
};

export function operationRoutes(deps: Deps): Route[] {
  const others = interventions.filter((name) => name !== "approve");
  return [
    listAll(deps),
    read(deps),
    output(deps),
    acknowledge(deps),
    approve(deps),
    ...others.map((name) => intervene(deps, name)),
  ];
}

function listAll({ automation: { operations } }: Deps): Route {
  const filter = {
    environment: environmentName.optional(),
    tenant: tenantId.optional(),
    kind: listOf(operationKinds, "Of these kinds"),
    state: listOf(operationStates, "In one of these states"),
  };
  return route({
    method: "get",
    path: "/v1/operations",
    id: "listOperations",
    tag,
    summary: "List operations, newest first",
    query: pageQuery.extend(filter),
    answers: { 200: { description: "A page of them", schema: pageOf(operationView) } },
    handle: async ({ query: { limit = defaultLimit, cursor, ...filter } }) => ({
      status: 200,
      body: await operations.list(filter, cursor === undefined ? { limit } : { limit, cursor }),
    }),
  });
}

function read({ automation: { operations } }: Deps): Route {
  return route({
    method: "get",
    path: "/v1/operations/{id}",
    id: "getOperation",
    tag,
    summary: "Read an operation",
    params,
    answers: { 200: { description: "The operation", schema: operationView } },
    problems: ["operation_not_found"],
    handle: async ({ params }) => ({ status: 200, body: await operations.get(params.id) }),
  });
}

function output({ automation: { operations } }: Deps): Route {
  return route({
    method: "get",
    path: "/v1/operations/{id}/output",
    id: "readOutput",
    tag,
    summary: "Read what Pulumi printed for an operation",
    description: "The last 64 kB of each of its last 20 stack operations, secrets masked; kept for 30 days.",
    params,
    answers: { 200: { description: "The text of each stack operation", schema: outputView } },
    problems: ["operation_not_found"],
    handle: async ({ params }) => ({ status: 200, body: await operations.output(params.id) }),
  });
}

function acknowledge({ automation: { operations } }: Deps): Route {
  return route({
    method: "post",
    path: "/v1/operations/{id}/acknowledge",
    id: "acknowledgeOperation",
    tag,
    summary: "Take note that an operation failed or went back",
    description:
      "It, and what ended badly on its tenant before it, no longer needs a person. Repeating it changes nothing: the first reason stays.",
    params,
    body: reasonBody,
    answers: { 200: { description: "The operation", schema: operationView } },
    problems: ["operation_not_found", "action_not_allowed"],
    handle: async ({ params, body, call }) => ({
      status: 200,
      body: await operations.acknowledge(params.id, { ...call, reason: body.reason }),
    }),
  });
}

function approve({ automation: { operations } }: Deps): Route {
  return route({
    method: "post",
    path: "/v1/operations/{id}/approve",
    id: "approveOperation",
    tag,
    summary: summaries.approve,
    description: "Approves what the operation's `approval` shows, and nothing else.",
    params,
    body: z.strictObject({ reason, plan }).meta({ id: "ApprovalDecision" }),
    answers: { 202: acceptedAnswer },
    problems: ["operation_not_found", "action_not_allowed", "plan_changed"],
    handle: async ({ params, body, call }) =>
      accepted(await operations.intervene(params.id, "approve", { ...call, ...body })),
  });
}

function intervene({ automation: { operations } }: Deps, name: Intervention): Route {
  return route({
    method: "post",
    path: `/v1/operations/{id}/${name}`,
    id: `${name}Operation`,
    tag,
    summary: summaries[name],
    description: "The operation's `actions` say what is allowed now, why not, and what it would do.",
    params,
    body: reasonBody,
    answers: { 202: acceptedAnswer },
    problems: ["operation_not_found", "action_not_allowed"],
    handle: async ({ params, body, call }) =>
      accepted(await operations.intervene(params.id, name, { ...call, reason: body.reason })),
  });
}
