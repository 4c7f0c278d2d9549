import type { ClusterView } from "../../../model/cluster.ts";
import type { Clusters, HeldCluster } from "../../../tenant/data/spec.ts";
import { heldIdentifierOf, type DataOwner } from "../../../tenant/plan/data/names.ts";

/** A tenant's clusters, oldest first. Pure. */
export function clusterViews({ environment, id }: DataOwner, { cluster, clusters }: Clusters): ClusterView[] {
  const oldestFirst = clusters.toSorted((a, b) => a.generation - b.generation);
  return oldestFirst.map((one) => viewOf({ environment, id }, one, cluster));
}

function viewOf(owner: DataOwner, held: HeldCluster, inUse: number): ClusterView {
  const { generation, adopted, restoredFrom, restore, ends } = held;
  return {
    generation,
    identifier: heldIdentifierOf(owner, held),
    state: generation === inUse ? "in-use" : ends ? "ending" : "waiting",
    ...(adopted !== undefined && { adopted: true }),
    ...(restore !== undefined && { restore }),
    ...(restoredFrom && { restoredFrom }),
  };
}
