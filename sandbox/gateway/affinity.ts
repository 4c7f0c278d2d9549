import { affinityAnnotation } from "../../model/headers.ts";
import type { CompiledRule, Target } from "./compile.ts";
import type { Filter, HTTPRoute } from "./resources.ts";

/** A user's place among so many, kept in a cookie. */
const places = 10_000;
const cookie = "teal-affinity";

export function wantsAffinity({ metadata }: HTTPRoute): boolean {
  return metadata.annotations?.[affinityAnnotation] === "cookie";
}

/**
 * The target of a request, by weights alone where no affinity is wanted. With it, targets share the places by weight, in their order: of two, the range of the one whose weight
 * rises only grows, so that who is in it stays in it. Who has no place yet is led as evenly as without affinity, and given
 * one in the range that they were led to, by the filter that comes with it.
 */
export function choose(
  { affinity, targets, choice }: Pick<CompiledRule, "affinity" | "targets" | "choice">,
  cookies: string | undefined,
): { target: Target | undefined; gives: readonly Filter[] } {
  const place = affinity ? placeIn(cookies) : undefined;
  if (place !== undefined) return { target: targetAt(targets, place), gives: [] };
  const target = choice.next();
  if (!affinity || target === undefined) return { target, gives: [] };
  const [from, to] = rangeOf(targets, target);
  const given = from + Math.floor(Math.random() * (to - from));
  const value = `${cookie}=${given}; Path=/; HttpOnly; SameSite=Lax`;
  return {
    target,
    gives: [{ type: "ResponseHeaderModifier", responseHeaderModifier: { add: [{ name: "set-cookie", value }] } }],
  };
}

function placeIn(cookies: string | undefined): number | undefined {
  const found = new RegExp(`(?:^|;\\s*)${cookie}=(\\d{1,5})(?:;|$)`).exec(cookies ?? "")?.[1];
  const place = Number(found);
  return found !== undefined && place < places ? place : undefined;
}

function targetAt(targets: readonly Target[], place: number): Target | undefined {
  return targets.find((target) => {
    const [from, to] = rangeOf(targets, target);
    return place >= from && place < to;
  });
}

/** Places of a target: from the first up to, but without, the second. */
function rangeOf(targets: readonly Target[], target: Target): [number, number] {
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  const before = targets.slice(0, targets.indexOf(target)).reduce((sum, { weight }) => sum + weight, 0);
  const at = (weight: number) => Math.round((weight / total) * places);
  return [at(before), at(before + target.weight)];
}
