import { z } from "zod";
import { adoptionPreview, newAdoption } from "../../model/adopting.ts";
import { environmentName } from "../../model/environment.ts";
import { tenantId } from "../../model/tenant.ts";
import type { Deps } from "../deps.ts";
import { explain } from "../http/explain.ts";
import { route, type Route } from "../http/route.ts";
import { accepted, acceptedAnswer } from "./accepted.ts";

const one = "/v1/environments/{env}/tenants/{id}/adopt";
const params = z.strictObject({ env: environmentName, id: tenantId });
const tag = "Tenants";
const refusals = [
  "nothing_to_adopt",
  "adoption_unsafe",
  "adopted_data_unavailable",
  "adopted_data_unfit",
  "adopted_data_taken",
  "adopted_data_unreadable",
  "tenant_exists",
  "release_not_found",
  "release_withdrawn",
  "hostname_taken",
  "affinity_unsupported",
  "preview_failed",
  "cluster_unreachable",
] as const;

export function adoptionRoutes({ automation: { tenants } }: Deps): Route[] {
  return [
    route({
      method: "post",
      path: `${one}/preview`,
      id: "previewAdoption",
      tag,
      summary: "See what an adoption would make, and what it leaves",
      description: "A real Pulumi preview, and what is found in the namespace. Changes nothing.",
      params,
      body: newAdoption,
      answers: { 200: { description: "What would be made", schema: adoptionPreview } },
      problems: [...refusals],
      handle: async ({ params: { env, id }, body }) => ({
        status: 200,
        body: await tenants.previewAdoption(env, id, body).catch(explain),
      }),
    }),
    route({
      method: "post",
      path: one,
      id: "adoptTenant",
      tag,
      summary: "Make a tenant of what serves its customers now",
      description:
        "Without a release it becomes the tenant's live slot, as it is: Teal's route leads there, and takes the host names from those there. With one a copy is made beside, and the routes there keep their requests until they are removed. Refused where anything would be updated, replaced, deleted, or answered otherwise.",
      params,
      body: newAdoption,
      answers: { 202: acceptedAnswer },
      problems: [...refusals, "environment_observed"],
      handle: async ({ params: { env, id }, body, call }) =>
        accepted(await tenants.adopt(env, id, body, call).catch(explain)),
    }),
  ];
}
