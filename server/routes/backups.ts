import { z } from "zod";
import { backupView, newRestore, restorePreview, restoreSource } from "../../model/backup.ts";
import { environmentName } from "../../model/environment.ts";
import { tenantId } from "../../model/tenant.ts";
import { pageOf } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { defaultLimit, pageQuery, reasonBody } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";
import { accepted, acceptedAnswer } from "./accepted.ts";

const one = "/v1/environments/{env}/tenants/{id}";
const params = z.strictObject({ env: environmentName, id: tenantId });
const tag = "Backups";

export function backupRoutes(deps: Deps): Route[] {
  return [list(deps), take(deps), preview(deps), restore(deps)];
}

function list({ automation: { backups } }: Deps): Route {
  return route({
    method: "get",
    path: `${one}/backups`,
    id: "listBackups",
    tag,
    summary: "List a tenant's backups",
    description: "Newest first, those that are still kept.",
    params,
    query: pageQuery,
    answers: { 200: { description: "A page of them", schema: pageOf(backupView) } },
    problems: ["tenant_not_found"],
    handle: async ({ params: { env, id }, query }) => ({
      status: 200,
      body: await backups.list(env, id, { limit: defaultLimit, ...query }),
    }),
  });
}

function take({ automation: { backups } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/backups`,
    id: "takeBackup",
    tag,
    summary: "Back a tenant's data up",
    description: "While it is served. The copy is checked before it counts.",
    params,
    body: reasonBody,
    answers: { 202: acceptedAnswer },
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "environment_observed",
      "not_provisioned",
      "no_data",
      "backups_unavailable",
    ],
    handle: async ({ params: { env, id }, body, call }) => accepted(await backups.take(env, id, { ...call, ...body })),
  });
}

function preview({ automation: { backups } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/restore/preview`,
    id: "previewRestore",
    tag,
    summary: "See what a restore would do",
    description:
      "Which backup it would be, what would run, and how many minutes of writes would be lost. Changes nothing.",
    params,
    body: restoreSource,
    answers: { 200: { description: "What would be done", schema: restorePreview } },
    problems: ["tenant_not_found", "backup_not_found", "no_data", "backups_unavailable"],
    handle: async ({ params: { env, id }, body }) => ({
      status: 200,
      body: await backups.previewRestore(env, id, body),
    }),
  });
}

function restore({ automation: { backups } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/restore`,
    id: "restoreTenant",
    tag,
    summary: "Restore a tenant's data",
    description:
      "Shuts the service, saves what is there, brings back the backup's data and the release that ran on it, checks it, and opens again. Takes the preview's plan.",
    params,
    body: newRestore,
    answers: { 202: acceptedAnswer },
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "environment_observed",
      "not_provisioned",
      "tenant_suspended",
      "backup_not_found",
      "no_data",
      "backups_unavailable",
      "plan_changed",
    ],
    handle: async ({ params: { env, id }, body, call }) => accepted(await backups.restore(env, id, body, call)),
  });
}
