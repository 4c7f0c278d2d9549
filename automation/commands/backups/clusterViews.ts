import type { ClusterView } from "../../../model/cluster.ts";
import type { Clusters, HeldCluster } from "../../../tenant/data/spec.ts";
import { clusterIdentifierOf, type DataOwner } from "../../../tenant/plan/data/names.ts";

/** A tenant's clusters, oldest first. Pure. */
export function clusterViews({ environment, id }: DataOwner, { cluster, clusters }: Clusters): ClusterView[] {
  const oldestFirst = clusters.toSorted((a, b) => a.generation - b.generation);
  return oldestFirst.map((one) => viewOf({ environment, id }, one, cluster));
}

function viewOf(
  owner: DataOwner,
  { generation, restoredFrom, restore, ends }: HeldCluster,
  inUse: number,
): ClusterView {
  return {
    generation,
    identifier: clusterIdentifierOf(owner, generation),
    state: generation === inUse ? "in-use" : ends ? "ending" : "waiting",
    ...(restore !== undefined && { restore }),
    ...(restoredFrom && { restoredFrom }),
  };
}
