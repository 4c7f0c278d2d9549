import { colors, type Color } from "../../model/color.ts";
import { previewHeader } from "../../model/headers.ts";
import { namesPerRule, noPreview } from "../../model/routing.ts";
import type { TenantSpec } from "../spec.ts";

/** A rule of a load balancer's listener, for any path. The first that a request matches says what becomes of it. */
export interface AlbRule {
  hosts: string[];
  header?: { name: string; value: string };
  source?: string;
  action: { weights: Partial<Record<Color, number>> } | { status: number };
}
/** With a name of its own within the tenant, and what it answers where it forwards nothing. */
export interface PlannedRule extends AlbRule {
  name: string;
  text?: string;
}

/** An address that no request comes from. */
const nobody = "255.255.255.255/32";

/**
 * The tenant's rules, in their order. Weights and preview are those of the HTTPRoute (route.ts). A rule can't set a header of the
 * answer, so a request for a preview that has no rule is answered by the load balancer itself, never by a slot by its weights:
 * any other answer is the preview's.
 */
export function albRules(spec: TenantSpec): PlannedRule[] {
  const own = spec.hostnames.slice(0, 1);
  const { preview } = spec;
  const asked = (value: string) => ({ hosts: own, header: { name: previewHeader, value } });
  return [
    ...(preview ? [{ name: "preview", ...asked(preview.token), action: { weights: { [preview.color]: 1 } } }] : []),
    { name: "no-preview", ...asked("*"), action: { status: noPreview.status }, text: noPreview.text },
    ...(spec.suspended ? [standby(spec)] : []),
    ...groups(spec.hostnames).map((hosts, index) => ({ name: `split-${index}`, hosts, ...splitOf(spec) })),
  ];
}

function splitOf(spec: TenantSpec): Pick<PlannedRule, "action" | "text"> {
  if (!spec.suspended) return { action: { weights: ofSlots(spec, (color) => spec.weights[color]) } };
  // An answer of its own can have no Retry-After.
  const text = spec.maintenance
    ? "This service is being updated. It will be back shortly.\n"
    : "This service is suspended.\n";
  return { action: { status: 503 }, text };
}

/** Target groups that no rule forwards to are removed, and pods would have to be found healthy again once it is served. */
function standby(spec: TenantSpec): PlannedRule {
  const action = { weights: ofSlots(spec, () => 1) };
  return { name: "standby", hosts: spec.hostnames.slice(0, 1), source: nobody, action };
}

/** Slots that exist, those without traffic too: their pods are then known to be healthy when they get some. */
function ofSlots(spec: TenantSpec, weight: (color: Color) => number): Partial<Record<Color, number>> {
  return Object.fromEntries(colors.filter((color) => spec[color] !== null).map((color) => [color, weight(color)]));
}

function groups(hostnames: readonly string[]): string[][] {
  const count = Math.ceil(hostnames.length / namesPerRule);
  return Array.from({ length: count }, (_, i) => hostnames.slice(i * namesPerRule, (i + 1) * namesPerRule));
}
