import { z } from "zod";
import { backupView, newRestore, restorePreview, restoreSource } from "../../model/backup.ts";
import { confirmPreview, confirmSource, newConfirmation } from "../../model/cluster.ts";
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
/** Why a restore is refused, asked about or done. */
const unrestorable = [
  "backup_not_found",
  "no_data",
  "backups_unavailable",
  "restores_unconfirmed",
  "point_in_time_out_of_range",
  "point_in_time_unavailable",
  "preview_failed",
] as const;

export function backupRoutes(deps: Deps): Route[] {
  return [list(deps), take(deps), preview(deps), restore(deps), previewConfirm(deps), confirm(deps)];
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
      "Which backup it would be, or between which moments `pointInTime` may be, what would run, and how many minutes of writes would be lost. Changes nothing.",
    params,
    body: restoreSource,
    answers: { 200: { description: "What would be done", schema: restorePreview } },
    problems: ["tenant_not_found", ...unrestorable],
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
      "Shuts the service, saves what is there, brings back the data of the backup or moment and the release that ran on it, checks it, and opens again. Takes the preview's plan.",
    params,
    body: newRestore,
    answers: { 202: acceptedAnswer },
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "environment_observed",
      "not_provisioned",
      "tenant_suspended",
      ...unrestorable,
      "plan_changed",
    ],
    handle: async ({ params: { env, id }, body, call }) => accepted(await backups.restore(env, id, body, call)),
  });
}

function previewConfirm({ automation: { backups } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/restore/confirm/preview`,
    id: "previewConfirmRestore",
    tag,
    summary: "See what confirming restores would remove",
    description:
      "On AWS a restore keeps the cluster that was in use before. Which would be removed, and what stays of each. Changes nothing.",
    params,
    body: confirmSource,
    bodyOptional: true,
    answers: { 200: { description: "What would be removed", schema: confirmPreview } },
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "not_provisioned",
      "tenant_suspended",
      "nothing_to_confirm",
      "data_stack_unsettled",
      "stack_unreadable",
    ],
    handle: async ({ params: { env, id }, body }) => ({
      status: 200,
      body: await backups.previewConfirm(env, id, body),
    }),
  });
}

function confirm({ automation: { backups } }: Deps): Route {
  return route({
    method: "post",
    path: `${one}/restore/confirm`,
    id: "confirmRestore",
    tag,
    summary: "Confirm restores: remove the clusters that they left behind",
    description:
      "What the tenant uses is right, so the clusters from before are deleted, each after a last snapshot that stays. Takes the preview's plan. Where a restore replaces data in place there is nothing to confirm.",
    params,
    body: newConfirmation,
    answers: { 202: acceptedAnswer },
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "environment_observed",
      "not_provisioned",
      "tenant_suspended",
      "nothing_to_confirm",
      "data_stack_unsettled",
      "plan_changed",
      "stack_unreadable",
    ],
    handle: async ({ params: { env, id }, body, call }) => accepted(await backups.confirm(env, id, body, call)),
  });
}
