import type { AdoptedData } from "../../../model/adoptedData.ts";
import type { AdoptionPreview, NewAdoption } from "../../../model/adopting.ts";
import { TealError } from "../../../model/errors.ts";
import type { NewTenant } from "../../../model/tenant.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Outside } from "../../probes/outside.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { planAdoptedData } from "./adoptData.ts";
import { createCommand } from "./create.ts";
import { previewCommand } from "./preview.ts";

interface Planned {
  tenant: NewTenant;
  adoptedData: AdoptedData | null;
  preview: AdoptionPreview;
}

/**
 * A tenant beside what serves its customers now, which is left as it is: its routes are the older ones, and keep their
 * requests until somebody removes them. Throws `nothing_to_adopt`, `adoption_unsafe`, what planAdoptedData throws, and what creating a tenant throws.
 */
export async function adoptCommand(
  deps: Deps,
  environment: string,
  id: string,
  adoption: NewAdoption,
  call: Call,
): Promise<OperationView> {
  const { from: _, reason, ...settings } = adoption;
  // Whoever repeats a call is answered as the first time, though the tenant exists by now.
  const repeated = { ...settings, id };
  const planned = await plan(deps, environment, id, adoption).catch(orIfExists(repeated));
  return createCommand(deps, environment, planned.tenant, { ...call, reason }, planned.adoptedData);
}

/** What that would make; the same refusals, and nothing is done. */
export async function previewAdoptionCommand(
  deps: Deps,
  environment: string,
  id: string,
  adoption: NewAdoption,
): Promise<AdoptionPreview> {
  return (await plan(deps, environment, id, adoption)).preview;
}

function orIfExists(tenant: NewTenant): (error: unknown) => Pick<Planned, "tenant" | "adoptedData"> {
  return (error) => {
    if (error instanceof TealError && error.code === "tenant_exists") return { tenant, adoptedData: null };
    throw error;
  };
}

async function plan(deps: Deps, environment: string, id: string, adoption: NewAdoption): Promise<Planned> {
  requireEnvironment(deps, environment);
  const { from, reason: _, ...settings } = adoption;
  if (deps.room !== null)
    throw nothing(
      from.namespace,
      "an AWS load balancer splits the traffic here (TEAL_ROUTING), which would lead its customers to the new tenant at once",
    );
  const outside = await deps.found.outside(from.namespace);
  const hostnames = wanted(outside, from.namespace, settings.hostnames);
  const tenant: NewTenant = { ...settings, id, hostnames };
  const { adoptedData, found: data, notes } = await planAdoptedData(deps, { environment, id }, from);
  const preview = await previewCommand(deps, environment, id, { newTenant: tenant, adoptedData });
  if (preview.updates + preview.replaces + preview.deletes > 0) throw unsafe(id, preview);
  const { teals: __, whole: ___, ...found } = outside!;
  const told = { found, ...(data && { data }), notes: [...notesOf(outside!), ...notes] };
  return { tenant, adoptedData, preview: { ...preview, tenant: id, hostnames, ...told } };
}

/** Throws `nothing_to_adopt`. */
function wanted(outside: Outside | null, namespace: string, asked: readonly string[]): string[] {
  if (!outside) throw nothing(namespace, "there is no such namespace");
  if (outside.teals) throw nothing(namespace, "it is a tenant of Teal's already");
  if (outside.whole.length === 0)
    throw nothing(namespace, "no HTTPRoute in it takes every path of a host name, by exactly that name");
  const missing = asked.filter((hostname) => !outside.whole.includes(hostname));
  if (missing.length > 0)
    throw nothing(namespace, `no HTTPRoute in it takes every path of ${missing.join(", ")}, by exactly that name`);
  return asked.length > 0 ? [...asked] : outside.whole;
}

function notesOf({ namespace, routes, claims }: Outside): string[] {
  const names = routes.map(({ name }) => name).join(", ");
  return [
    `Nothing in namespace ${namespace} is changed. Its routes are older, and keep their requests until they are removed (${names}); then Teal's gets them.`,
    ...(claims.length > 0
      ? [
          `Data is not taken along: pods there keep some on ${claims.join(", ")}. Move it before the routes are removed.`,
        ]
      : []),
  ];
}

function nothing(namespace: string, why: string): TealError {
  const message = `Expected a namespace that serves customers without Teal; got ${namespace}: ${why}. What is not served by such routes can't be moved without cutting it.`;
  return new TealError("nothing_to_adopt", message, { data: { namespace } });
}

function unsafe(id: string, { steps }: Pick<AdoptionPreview, "steps">): TealError {
  const touched = steps.filter(({ op }) => op !== "create").map(({ op, name, type }) => `${op} ${type} ${name}`);
  const message = `Adopting ${id} would change what is there, which nothing may: ${touched.join(", ")}. There is a stack of that name already: see GET …/environments (unknownStacks).`;
  return new TealError("adoption_unsafe", message, { data: { touched } });
}
