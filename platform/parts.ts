import { clusterParts, type PlatformConfig } from "./config/schema.ts";

export type Part = (typeof clusterParts)[number];

/** Whether a part is ours to install in the cluster: in another team's only what that team said. */
export function installs({ cluster }: Pick<PlatformConfig, "cluster">, part: Part): boolean {
  return cluster.existing?.may.includes(part) ?? true;
}

/** Parts that are left to the other team. */
export function leftToOthers(config: Pick<PlatformConfig, "cluster">): Part[] {
  return clusterParts.filter((part) => !installs(config, part));
}
