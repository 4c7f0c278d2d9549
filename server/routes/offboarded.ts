import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { newHold, offboardedView, tenantExport } from "../../model/offboarding.ts";
import { tenantId } from "../../model/tenant.ts";
import { pageOf } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { defaultLimit, pageQuery } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const list = "/v1/environments/{env}/offboarded";
const one = `${list}/{operation}`;
const ofEnvironment = z.strictObject({ env: environmentName });
const params = z.strictObject({ env: environmentName, operation: z.uuid() });
const tag = "Offboarded tenants";
const answers = { 200: { description: "What was deleted, and what is kept", schema: offboardedView } };

export function offboardedRoutes(deps: Deps): Route[] {
  return [listAll(deps), read(deps), readExport(deps), hold(deps)];
}

function listAll({ automation: { offboarded } }: Deps): Route {
  return route({
    method: "get",
    path: list,
    id: "listOffboarded",
    tag,
    summary: "List tenants that have left",
    description: "Newest first. An id that was given again can be there more than once.",
    params: ofEnvironment,
    query: pageQuery.extend({ tenant: tenantId.optional() }),
    answers: { 200: { description: "A page of them", schema: pageOf(offboardedView) } },
    handle: async ({ params: { env }, query }) => ({
      status: 200,
      body: await offboarded.list(env, { limit: defaultLimit, ...query }),
    }),
  });
}

function read({ automation: { offboarded } }: Deps): Route {
  return route({
    method: "get",
    path: one,
    id: "getOffboarded",
    tag,
    summary: "Read what was deleted of a tenant, and what is kept until when",
    params,
    answers,
    problems: ["offboarded_not_found"],
    handle: async ({ params }) => ({ status: 200, body: await offboarded.get(params.env, params.operation) }),
  });
}

function readExport({ automation: { offboarded } }: Deps): Route {
  return route({
    method: "get",
    path: `${one}/export`,
    id: "getTenantExport",
    tag,
    summary: "Read a tenant's export",
    description: "Its settings without secrets, and where its data is; until the retention is over.",
    params,
    answers: { 200: { description: "The export", schema: tenantExport } },
    problems: ["offboarded_not_found", "export_gone"],
    handle: async ({ params }) => ({ status: 200, body: await offboarded.export(params.env, params.operation) }),
  });
}

function hold({ automation: { offboarded } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/hold`,
    id: "holdOffboarded",
    tag,
    summary: "Keep what is left of a tenant longer",
    description: "Its backups, its export and its settings. Until then nothing prunes them; a hold is never shortened.",
    params,
    body: newHold,
    answers,
    problems: ["offboarded_not_found", "retention_over", "retention_too_short"],
    handle: async ({ params, body, call }) => ({
      status: 200,
      body: await offboarded.hold(params.env, params.operation, body, call),
    }),
  });
}
