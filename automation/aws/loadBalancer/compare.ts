import { isDeepStrictEqual } from "node:util";
import type { Weights } from "../../../model/weights.ts";
import { weightsGiving } from "../../../model/weights.ts";
import type { AlbRule } from "../../../tenant/plan/albRules.ts";
import type { FoundRule } from "./rules.ts";

/** Why the load balancer's rules for a tenant's host names are not those wanted, in one line; undefined where they are. */
export function notFollowed(wanted: readonly AlbRule[], found: readonly FoundRule[]): string | undefined {
  const names = new Set(wanted.flatMap(({ hosts }) => hosts.map(lower)));
  const there = found.filter(({ hosts }) => hosts.some((host) => names.has(lower(host))));
  if (isDeepStrictEqual(there.map(canonical), wanted.map(canonical))) return undefined;
  const missing = wanted.find((rule) => !there.some((one) => isDeepStrictEqual(canonical(one), canonical(rule))));
  if (missing) return `the load balancer has no such rule yet: ${textOf(missing)}`;
  const extra = there.find((one) => !wanted.some((rule) => isDeepStrictEqual(canonical(one), canonical(rule))));
  if (extra) return `the load balancer still has the rule: ${textOf(extra)}`;
  return "the load balancer does not have the rules in their order yet";
}

/** How requests to a tenant's slots are split, in percent; null where they are led to none. */
export function splitIn(rules: readonly FoundRule[], namespace: string): Weights | null {
  const split = rules.find((rule) => rule.namespace === namespace && !rule.header && rule.source === undefined);
  if (!split || !("weights" in split.action)) return null;
  const { blue = 0, green = 0 } = split.action.weights;
  return blue + green === 0 ? null : weightsGiving("blue", Math.round((100 * blue) / (blue + green)));
}

/** Tenants that rules lead to, whatever the rule is for. */
export function namespacesIn(rules: readonly FoundRule[]): string[] {
  return [...new Set(rules.flatMap(({ namespace }) => namespace ?? []))];
}

/** Host names and those of headers are the same in any case. */
function canonical({ hosts, header, source, action }: AlbRule) {
  const weights = "weights" in action ? Object.entries(action.weights).toSorted() : action.status;
  return [hosts.map(lower).toSorted(), header && [lower(header.name), header.value], source, weights];
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** Without the header's value, which may be a secret. */
function textOf({ hosts, header, source, action }: AlbRule): string {
  const what =
    "status" in action
      ? `answer ${action.status}`
      : Object.entries(action.weights)
          .map(([color, weight]) => `${color} ${weight}`)
          .join(", ");
  const when = `${header ? ` with ${header.name}` : ""}${source ? ` from ${source}` : ""}`;
  return `${hosts.join(", ")}${when}: ${what}`;
}
