import { z } from "zod";
import { certificatesView, hostnamesView } from "../../model/certificate.ts";
import { environmentName } from "../../model/environment.ts";
import { tenantId } from "../../model/tenant.ts";
import type { Deps } from "../deps.ts";
import { defaultLimit, pageQuery } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const tag = "Certificates";

export function certificateRoutes({ automation: { certificates } }: Deps): Route[] {
  return [
    route({
      method: "get",
      path: "/v1/environments/{env}/certificates",
      id: "listCertificates",
      tag,
      summary: "See an environment's certificates, and the host names that wait for one",
      description:
        "From the ledger. Which certificates there are follows from the tenants' host names: nobody asks for one by hand.",
      params: z.strictObject({ env: environmentName }),
      query: pageQuery,
      answers: { 200: { description: "A page of them, and what waits", schema: certificatesView } },
      handle: async ({ params: { env }, query }) => ({
        status: 200,
        body: await certificates.list(env, { limit: defaultLimit, ...query }),
      }),
    }),
    route({
      method: "get",
      path: "/v1/environments/{env}/tenants/{id}/certificates",
      id: "listTenantCertificates",
      tag,
      summary: "See how a tenant's host names are served",
      description: "Of a custom domain that waits, `record` is what its owner has to set in DNS.",
      params: z.strictObject({ env: environmentName, id: tenantId }),
      answers: { 200: { description: "The host names", schema: hostnamesView } },
      problems: ["tenant_not_found"],
      handle: async ({ params: { env, id } }) => ({ status: 200, body: await certificates.ofTenant(env, id) }),
    }),
  ];
}
