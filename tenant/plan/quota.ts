import { colors } from "../../model/color.ts";
import type { Tier } from "../../model/tenant.ts";
import type { TenantSpec } from "../spec.ts";
import { largestTier, resources, tierSizes } from "./tiers.ts";

/** Web pods that a rolling update may have beyond the wanted ones, per Deployment. */
export const surge = 1;
/** Room for one pod more, such as a migration. */
const spare = 1;

/** The tier that quota and limits go by: while a tenant changes tier, one slot still has the old one. */
export function quotaTier(spec: TenantSpec): Tier {
  return largestTier([spec.tier, ...colors.flatMap((color) => spec[color]?.tier ?? [])]);
}

/**
 * Most pods that the namespace can need at once: both slots at full size with their surge, and background components in
 * both, since the new color's start before the old one's are gone. It doesn't depend on colors, weights or a slot's scale,
 * so that no flip changes it. A tenant that was scaled beyond its tier has as much more: what a tier gives has no room to
 * spare, so that nobody could be scaled up within it.
 */
export function mostPods(spec: TenantSpec): number {
  const web = Math.max(tierSizes[quotaTier(spec)].replicas, spec.replicas ?? 0) + surge;
  const background = colors.map((color) => spec[color]?.background?.replicas ?? 0);
  return 2 * web + background.reduce((sum, replicas) => sum + (replicas > 0 ? replicas + surge : 0), 0) + spare;
}

/** ResourceQuota spec of the namespace. */
export function quotaSpec(spec: TenantSpec) {
  const { cpu, memory } = tierSizes[quotaTier(spec)];
  const pods = mostPods(spec);
  return {
    hard: {
      pods: `${pods}`,
      "requests.cpu": `${pods * cpu.request}m`,
      "requests.memory": `${pods * memory.request}Mi`,
      "limits.cpu": `${pods * cpu.limit}m`,
      "limits.memory": `${pods * memory.limit}Mi`,
      services: "4",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
      persistentvolumeclaims: spec.volume === undefined ? "0" : "1",
      ...(spec.volume !== undefined && { "requests.storage": `${spec.volume}Gi` }),
      configmaps: "20",
      secrets: "20",
    },
  };
}

/** LimitRange spec: what a container gets that asks for nothing, and the most that one may ask for. */
export function limitsSpec(spec: TenantSpec) {
  const tier = quotaTier(spec);
  const { requests, limits } = resources(tier);
  return { limits: [{ type: "Container", default: limits, defaultRequest: requests, max: limits }] };
}
