import type { PlatformConfig } from "../config/schema.ts";
import { blockOf, cidrOf } from "./addresses.ts";

/** `public`: load balancer and NAT. `private`: nodes and pods. `data`: databases, without any way out. */
export type Kind = "public" | "private" | "data";

export interface Subnet {
  name: string;
  kind: Kind;
  zone: string;
  cidr: string;
}

/**
 * The subnets of a new VPC: for each zone a private one with a quarter of the addresses, since every pod has one of its own;
 * the last quarter has the public and the data ones, each a sixteenth of it. What is left there stays free.
 */
export function planSubnets(cidr: string, zones: readonly string[]): Subnet[] {
  const { base, prefix } = blockOf(cidr);
  const quarter = 2 ** (32 - prefix - 2);
  const sixteenth = quarter / 16;
  const small = (index: number) => cidrOf({ base: base + 3 * quarter + index * sixteenth, prefix: prefix + 6 });
  return zones.flatMap((zone, index) => {
    const suffix = zone.at(-1)!;
    return [
      { name: `public-${suffix}`, kind: "public", zone, cidr: small(index) },
      {
        name: `private-${suffix}`,
        kind: "private",
        zone,
        cidr: cidrOf({ base: base + index * quarter, prefix: prefix + 2 }),
      },
      { name: `data-${suffix}`, kind: "data", zone, cidr: small(8 + index) },
    ] satisfies Subnet[];
  });
}

/** Ranges that the load balancer's addresses are in, and no pod's. */
export function publicRanges({ network }: Pick<PlatformConfig, "network">): string[] {
  const { existing, cidr, zones = [] } = network;
  if (existing) return existing.publicCidrs ?? [];
  return planSubnets(cidr, zones).flatMap((subnet) => (subnet.kind === "public" ? [subnet.cidr] : []));
}

/** Zones that have a NAT gateway of their own. */
export function natZones({ nat }: Pick<PlatformConfig["network"], "nat">, zones: readonly string[]): string[] {
  return nat === "none" ? [] : nat === "one" ? zones.slice(0, 1) : [...zones];
}

/** Tags by which load balancers find their subnets. */
export function roleTags(kind: Kind): Record<string, string> {
  if (kind === "public") return { "kubernetes.io/role/elb": "1" };
  return kind === "private" ? { "kubernetes.io/role/internal-elb": "1" } : {};
}
