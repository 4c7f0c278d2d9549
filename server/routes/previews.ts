import { z } from "zod";
import type { Automation, PreviewChange } from "../../automation/automation.ts";
import { environmentName } from "../../model/environment.ts";
import { TealError } from "../../model/errors.ts";
import { version } from "../../model/release.ts";
import { newTenant, tenantId, tenantPatch } from "../../model/tenant.ts";
import { previewView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { explain } from "../http/explain.ts";
import { invalidField, readFields } from "../http/fields.ts";
import { route, type Route } from "../http/route.ts";

const change = tenantPatch.extend({ id: tenantId.optional(), release: version.optional() }).meta({
  id: "PreviewChange",
  description: "A release, settings, or both; for a tenant that does not exist yet, all that creating it takes.",
});
type Change = z.output<typeof change>;

export function previewRoutes({ automation }: Deps): Route[] {
  return [
    route({
      method: "post",
      path: "/v1/environments/{env}/tenants/{id}/preview",
      id: "previewChange",
      tag: "Rollouts",
      summary: "Preview a change of a tenant",
      description: "A real Pulumi preview; changes nothing. Works before the tenant exists.",
      params: z.strictObject({ env: environmentName, id: tenantId }),
      body: change,
      answers: { 200: { description: "What would change", schema: previewView } },
      problems: ["tenant_not_found", "release_not_found", "release_withdrawn", "hostname_taken", "preview_failed"],
      handle: async ({ params: { env, id }, body }) => {
        refuseOtherId(body, id);
        const previewed = (await exists(automation, env, id)) ? changeOnly(body) : creation(body, id);
        return { status: 200, body: await automation.tenants.preview(env, id, previewed).catch(explain) };
      },
    }),
  ];
}

function refuseOtherId(body: Change, id: string): void {
  if (body.id === undefined || body.id === id) return;
  const expected = `no id, or that of the path: ${id}`;
  const received = JSON.stringify(body.id);
  throw invalidField({ pointer: "/id", expected, received, message: `Expected ${expected}; got ${received}.` });
}

async function exists({ tenants }: Automation, environment: string, id: string): Promise<boolean> {
  try {
    await tenants.get(environment, id);
    return true;
  } catch (error) {
    if (error instanceof TealError && error.code === "tenant_not_found") return false;
    throw error;
  }
}

function changeOnly({ id: _, ...rest }: Change): PreviewChange {
  return rest;
}

function creation(body: Change, id: string): PreviewChange {
  if (body.name === undefined || body.release === undefined) {
    const hint = "to preview its creation, send all that creating it takes: at least name and release";
    throw new TealError("tenant_not_found", `Expected a tenant that exists; there is no ${id}: ${hint}.`);
  }
  return { newTenant: readFields(newTenant, { ...body, id }, "body") };
}
