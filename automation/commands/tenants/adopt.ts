import type { Adopts } from "../../../model/adopted.ts";
import type { AdoptedData } from "../../../model/adoptedData.ts";
import type { AdoptionPreview, NewAdoption } from "../../../model/adopting.ts";
import { TealError } from "../../../model/errors.ts";
import type { OperationView, PreviewView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Outside } from "../../probes/outside.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { inPlaceOf, notesBeside, notesInPlace, takenFrom } from "./adopting.ts";
import { planAdoptedData } from "./adoptData.ts";
import { createAdopted, createCommand, type Adopting } from "./create.ts";
import { previewAdopted, previewCommand } from "./preview.ts";

interface Planned {
  tenant: Adopting & { release?: string };
  /** What becomes the live slot; absent: a release is beside it. */
  adopts?: Adopts;
  adoptedData: AdoptedData | null;
  preview: AdoptionPreview;
}

/**
 * A tenant of what serves its customers now. Without a release that becomes its live slot, as it is; with one, its pods are beside,
 * and the routes there, being older, keep their requests until somebody removes them. Throws `nothing_to_adopt`,
 * `adoption_unsafe`, what planAdoptedData throws, and what creating a tenant throws.
 */
export async function adoptCommand(
  deps: Deps,
  environment: string,
  id: string,
  adoption: NewAdoption,
  call: Call,
): Promise<OperationView> {
  const why = { ...call, reason: adoption.reason };
  let planned: Planned;
  try {
    planned = await plan(deps, environment, id, adoption);
  } catch (error) {
    // Whoever repeats a call is answered as the first time, though the tenant and the routes are others by now.
    return once(deps.ledger, why, () => Promise.reject(error as Error));
  }
  const { tenant, adopts, adoptedData } = planned;
  const { release, ...settings } = tenant;
  if (adopts) return createAdopted(deps, environment, settings, { adopts, adoptedData }, why);
  return createCommand(deps, environment, { ...settings, release: release! }, why, adoptedData);
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

async function plan(deps: Deps, environment: string, id: string, adoption: NewAdoption): Promise<Planned> {
  requireEnvironment(deps, environment);
  const { from, reason: _, takesHostnames, leavesVolumes, release, ...settings } = adoption;
  if (deps.room !== null) throw nothing(from.namespace, unreachable);
  const outside = await deps.found.outside(from.namespace);
  const hostnames = wanted(outside, from.namespace, settings.hostnames);
  const adopting: Adopting = { ...settings, id, hostnames };
  const { teals: __, whole: ___, elsewhere: ____, adoptable: _____, ...found } = outside!;
  const { adoptedData, found: data, notes } = await planAdoptedData(deps, { environment, id }, from);
  const common = { tenant: id, hostnames, found, ...(data && { data }) };
  if (release !== undefined) {
    const tenant = { ...adopting, release };
    const preview = await previewCommand(deps, environment, id, { newTenant: tenant, adoptedData });
    refuseChanges(id, preview);
    const told = { takes: [], notes: [...notesBeside(outside!), ...notes] };
    return { tenant, adoptedData, preview: { ...preview, ...common, ...told } };
  }
  if (found.claims.length > 0 && !leavesVolumes) throw leavesBehind(from.namespace, found.claims);
  const service = inPlaceOf(outside!, hostnames);
  const adopts = { ...service, takes: takesHostnames ? hostnames : [] };
  const preview = await previewAdopted(deps, environment, adopting, { adopts, adoptedData });
  refuseChanges(id, preview);
  const takes = takenFrom(found, adopts.takes);
  const told = { adopts: service, takes, notes: [...notesInPlace(outside!, adopts, takes), ...notes] };
  return { tenant: adopting, adopts, adoptedData, preview: { ...preview, ...common, ...told } };
}

const unreachable =
  "an AWS load balancer splits the traffic here (TEAL_ROUTING): its Ingress can't reach another namespace, and a new one would have the requests at once";

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

function nothing(namespace: string, why: string): TealError {
  const message = `Expected a namespace that serves customers without Teal; got ${namespace}: ${why}. What is not served by such routes can't be moved without cutting it.`;
  return new TealError("nothing_to_adopt", message, { data: { namespace } });
}

function leavesBehind(namespace: string, claims: readonly string[]): TealError {
  const message = `Pods in ${namespace} keep data on volumes (${claims.join(", ")}), which no release of Teal's would see. Move it out first, or say leavesVolumes: true.`;
  return new TealError("adoption_unsafe", message, { data: { namespace, claims } });
}

/** Throws `adoption_unsafe`. */
function refuseChanges(id: string, { steps }: Pick<PreviewView, "steps">): void {
  const touched = steps.filter(({ op }) => op !== "create").map(({ op, name, type }) => `${op} ${type} ${name}`);
  if (touched.length === 0) return;
  const message = `Adopting ${id} would change what is there, which nothing may: ${touched.join(", ")}. There is a stack of that name already: see GET …/environments (unknownStacks).`;
  throw new TealError("adoption_unsafe", message, { data: { touched } });
}
