import type { Suspension } from "../../model/layout.ts";
import { tiers, type Tier } from "../../model/tenant.ts";

/** What a tier gives. CPU in millicores, memory in MiB, both per pod. */
export interface TierSize {
  replicas: number;
  /** GiB of a volume for the tenant's data. */
  volume: number;
  cpu: { request: number; limit: number };
  memory: { request: number; limit: number };
}

export const tierSizes: Record<Tier, TierSize> = {
  small: { replicas: 1, volume: 1, cpu: { request: 50, limit: 500 }, memory: { request: 128, limit: 256 } },
  medium: { replicas: 2, volume: 10, cpu: { request: 250, limit: 1000 }, memory: { request: 256, limit: 512 } },
  large: { replicas: 3, volume: 50, cpu: { request: 500, limit: 2000 }, memory: { request: 512, limit: 1024 } },
};

/**
 * Web pods of a slot. A full one has as many as the tenant was scaled to, else as its tier says; a warm backup has one if
 * nothing else is said, and never more than a full slot: see quota.ts. While pods are stopped, none.
 */
export function webReplicas(
  { replicas: scaled, suspended }: { replicas?: number; suspended?: Suspension },
  slot: { tier: Tier; scale: "full" | "idle" | "none"; idleReplicas?: number },
): number {
  if (suspended === "stopped" || slot.scale === "none") return 0;
  const replicas = scaled ?? tierSizes[slot.tier].replicas;
  return slot.scale === "idle" ? Math.min(slot.idleReplicas ?? 1, replicas) : replicas;
}

/** A container's resources by tier. */
export function resources(tier: Tier) {
  const { cpu, memory } = tierSizes[tier];
  return {
    requests: { cpu: `${cpu.request}m`, memory: `${memory.request}Mi` },
    limits: { cpu: `${cpu.limit}m`, memory: `${memory.limit}Mi` },
  };
}

export function largestTier(among: readonly Tier[]): Tier {
  return tiers[Math.max(0, ...among.map((tier) => tiers.indexOf(tier)))]!;
}
