import { albRoutes, openClient } from "../automation/aws/loadBalancer/routes.ts";
import type { Room } from "../automation/commands/tenants/room.ts";
import type { Cluster } from "../automation/probes/cluster.ts";
import { gatewayRoutes, type Routes } from "../automation/probes/routes.ts";
import type { Settings } from "./settings.ts";

/** What splits the tenants' traffic, to be asked whether it follows. */
export function openRoutes(
  { TEAL_ROUTING, TEAL_ALB_LISTENER: listener }: Settings,
  cluster: Cluster,
  stops: (() => Promise<void>)[],
): Routes {
  if (TEAL_ROUTING === "gateway" || listener === undefined) return gatewayRoutes(cluster);
  const client = openClient(listener);
  stops.push(async () => client.destroy());
  return albRoutes(client, listener, cluster);
}

/** What of it there is for tenants; null: there is no end to it. */
export function roomOf({
  TEAL_ROUTING,
  TEAL_ALB_TARGET_GROUPS: targetGroups,
  TEAL_ALB_RULES: rules,
}: Settings): Room | null {
  return TEAL_ROUTING === "alb-ingress" ? { targetGroups, rules } : null;
}
