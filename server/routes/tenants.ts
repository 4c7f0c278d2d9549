import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { longestGraceSeconds, longestRetentionDays } from "../../model/policy.ts";
import { version } from "../../model/release.ts";
import { newTenant, tenantId, tenantPatch, tiers } from "../../model/tenant.ts";
import { pageOf, tenantView, type TenantView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { ifMatchHeaders, versionSeen } from "../http/ifMatch.ts";
import { defaultLimit, pageQuery, reason, wholeNumber } from "../http/parameters.ts";
import { route, type Reply, type Route } from "../http/route.ts";
import { accepted, acceptedAnswer } from "./accepted.ts";

const ofEnvironment = z.strictObject({ env: environmentName });
const ofTenant = z.strictObject({ env: environmentName, id: tenantId });
const list = "/v1/environments/{env}/tenants";
const one = `${list}/{id}`;
const tag = "Tenants";
const etag = { ETag: "The revision of its settings, as If-Match takes it" };

const filter = {
  q: z.string().trim().min(1).max(100).optional().meta({ description: "Part of an id, a name or a host name" }),
  release: version.optional().meta({ description: "Of the live slot" }),
  tier: z.enum(tiers).optional(),
  ring: wholeNumber({ min: 0, max: 99, description: "Its place in a wave" }).optional(),
};

const leaving = {
  graceSeconds: wholeNumber({
    min: 0,
    max: longestGraceSeconds,
    description: "How long it stays suspended and can come back; the policy says, if not given",
  }).optional(),
  retainDays: wholeNumber({
    min: 0,
    max: longestRetentionDays,
    description: "How long export and backups are kept; at least as long as the policy says",
  }).optional(),
};

export function tenantRoutes(deps: Deps): Route[] {
  return [create(deps), listAll(deps), read(deps), patch(deps), offboard(deps)];
}

function create({ automation: { tenants } }: Deps): Route {
  return route({
    method: "post",
    path: list,
    id: "createTenant",
    tag,
    summary: "Create a tenant and provision it",
    params: ofEnvironment,
    body: newTenant,
    answers: { 202: acceptedAnswer },
    problems: [
      "tenant_exists",
      "environment_observed",
      "release_not_found",
      "release_withdrawn",
      "hostname_taken",
      "affinity_unsupported",
      "no_room",
    ],
    handle: async ({ params, body, call }) => accepted(await tenants.create(params.env, body, call)),
  });
}

function listAll({ automation: { tenants } }: Deps): Route {
  return route({
    method: "get",
    path: list,
    id: "listTenants",
    tag,
    summary: "List tenants",
    params: ofEnvironment,
    query: pageQuery.extend(filter),
    answers: { 200: { description: "A page of them", schema: pageOf(tenantView) } },
    handle: async ({ params, query }) => ({
      status: 200,
      body: await tenants.list(params.env, { limit: defaultLimit, ...query }),
    }),
  });
}

function read({ automation: { tenants } }: Deps): Route {
  return route({
    method: "get",
    path: one,
    id: "getTenant",
    tag,
    summary: "Read a tenant",
    params: ofTenant,
    answers: { 200: { description: "The tenant", schema: tenantView, headers: etag } },
    problems: ["tenant_not_found"],
    handle: async ({ params }) => tenantReply(await tenants.get(params.env, params.id)),
  });
}

function patch({ automation: { tenants } }: Deps): Route {
  return route({
    method: "patch",
    path: one,
    id: "patchTenant",
    tag,
    summary: "Change a tenant's settings",
    description: "A JSON merge patch (RFC 7396) on the revision that If-Match names: the ETag of the tenant as read.",
    params: ofTenant,
    headers: ifMatchHeaders,
    body: tenantPatch,
    bodyTypes: ["application/merge-patch+json"],
    answers: {
      200: { description: "Nothing changes; the tenant", schema: tenantView, headers: etag },
      202: acceptedAnswer,
    },
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "environment_observed",
      "hostname_taken",
      "no_room",
      "revision_mismatch",
      "if_match_required",
      "frozen",
      "affinity_unsupported",
      "tenant_suspended",
    ],
    handle: async ({ params, headers, body, call }) => {
      const revision = versionSeen(headers["if-match"], "the tenant");
      const operation = await tenants.patch(params.env, params.id, body, revision, call);
      return operation === null ? tenantReply(await tenants.get(params.env, params.id)) : accepted(operation);
    },
  });
}

function offboard({ automation: { tenants } }: Deps): Route {
  return route({
    method: "delete",
    path: one,
    id: "offboardTenant",
    tag,
    summary: "Offboard a tenant: remove all that it has",
    description:
      "It is suspended, and can come back (`abort`) until its grace is over. Then it is exported and removed; export and backups are kept for a while (GET …/offboarded).",
    params: ofTenant,
    query: z.strictObject({ reason: reason.optional(), ...leaving }),
    answers: { 202: acceptedAnswer },
    problems: [
      "tenant_not_found",
      "tenant_busy",
      "environment_observed",
      "backups_unavailable",
      "retention_too_short",
      "hostnames_unserved",
      "cluster_unreachable",
    ],
    handle: async ({ params: { env, id }, query: { reason, ...wanted }, call }) =>
      accepted(await tenants.offboard(env, id, wanted, { ...call, ...(reason !== undefined && { reason }) })),
  });
}

function tenantReply(tenant: TenantView): Reply {
  return { status: 200, body: tenant, headers: { ETag: `"${tenant.revision}"` } };
}
