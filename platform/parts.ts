import { clusterParts, type PlatformConfig } from "./config/schema.ts";

export type Part = (typeof clusterParts)[number];

/** Whether a part is ours to install in the cluster: in another team's only what that team said. */
export function installs({ cluster }: Pick<PlatformConfig, "cluster">, part: Part): boolean {
  return cluster.existing?.may.includes(part) ?? true;
}

/** Whether an Alertmanager of ours tells a Teal of ours. */
export function tellsTeal(config: Pick<PlatformConfig, "cluster" | "monitoring">): boolean {
  const { kind } = config.monitoring;
  return kind === "prometheus" && installs(config, "monitoring") && installs(config, "control-plane");
}

/** Parts that are left to the other team. */
export function leftToOthers(config: Pick<PlatformConfig, "cluster">): Part[] {
  return clusterParts.filter((part) => !installs(config, part));
}
