import { z } from "zod";
import { drillReport, drillView } from "../../model/drill.ts";
import { environmentName } from "../../model/environment.ts";
import { tenantId } from "../../model/tenant.ts";
import { pageOf } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { defaultLimit, pageQuery, reasonBody } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const E = "/v1/environments/{env}";
const params = z.strictObject({ env: environmentName, id: tenantId });
const tag = "Backups";

export function drillRoutes(deps: Deps): Route[] {
  return [report(deps), list(deps), start(deps)];
}

function report({ automation: { backups } }: Deps): Route {
  return route({
    method: "get",
    path: `${E}/drills`,
    id: "reportDrills",
    tag,
    summary: "See what restore drills say of each tenant with data",
    description: "By tenant: the newest drill, and the newest that passed with its RPO and RTO.",
    params: z.strictObject({ env: environmentName }),
    query: pageQuery,
    answers: { 200: { description: "A page of tenants", schema: pageOf(drillReport) } },
    handle: async ({ params: { env }, query }) => ({
      status: 200,
      body: await backups.reportDrills(env, { limit: defaultLimit, ...query }),
    }),
  });
}

function list({ automation: { backups } }: Deps): Route {
  return route({
    method: "get",
    path: `${E}/tenants/{id}/drills`,
    id: "listDrills",
    tag,
    summary: "List a tenant's restore drills",
    description: "Newest first.",
    params,
    query: pageQuery,
    answers: { 200: { description: "A page of them", schema: pageOf(drillView) } },
    problems: ["tenant_not_found"],
    handle: async ({ params: { env, id }, query }) => ({
      status: 200,
      body: await backups.listDrills(env, id, { limit: defaultLimit, ...query }),
    }),
  });
}

function start({ automation: { backups } }: Deps): Route {
  return route({
    method: "post",
    path: `${E}/tenants/{id}/drills`,
    id: "startDrill",
    tag,
    summary: "Restore a tenant's newest backup for a try",
    description:
      "Into a scratch place, where it is checked, measured and removed. Touches nothing that is live, and keeps no operation waiting.",
    params,
    body: reasonBody,
    answers: { 202: { description: "It waits for a worker; GET …/drills shows how it goes", schema: drillView } },
    problems: ["tenant_not_found", "backup_not_found", "drill_under_way", "backups_unavailable"],
    handle: async ({ params: { env, id }, body, call }) => ({
      status: 202,
      body: await backups.drill(env, id, { ...call, ...body }),
    }),
  });
}
