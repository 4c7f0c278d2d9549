import type { Routing } from "../../model/routing.ts";
import type { Weights } from "../../model/weights.ts";
import type { Cluster } from "./cluster.ts";
import { routeInForce } from "./route.ts";
import { allSplits, splitOf } from "./split.ts";

/** What splits the tenants' traffic, by its own word. */
export interface Routes {
  routing: Routing;
  /** How a tenant's requests are split, in percent; null where none are led to a slot. */
  split(namespace: string): Promise<Weights | null>;
  /** The same of all tenants, by namespace. */
  splits(): Promise<Map<string, Weights | null>>;
  /** Whether it follows the tenant's route as that now stands; if not, `why` in one line. */
  inForce(namespace: string): Promise<{ inForce: boolean; why: string }>;
}

/** A Gateway in the cluster, which writes into a route's status whether it follows. */
export function gatewayRoutes(cluster: Cluster): Routes {
  return {
    routing: "gateway",
    split: (namespace) => splitOf(cluster, namespace),
    splits: () => allSplits(cluster),
    inForce: (namespace) => routeInForce(cluster, namespace),
  };
}
