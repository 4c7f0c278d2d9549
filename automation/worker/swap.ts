import { TealError } from "../../model/errors.ts";
import type { Operation } from "../../model/operation.ts";
import { mostClusters, type ClusterOrigin, type Clusters } from "../../tenant/data/spec.ts";
import { bringData } from "./data.ts";
import type { Effects, Tenure } from "./effects.ts";

/**
 * Has the tenant's data stack make another cluster of that origin and take it into use, those before kept; then makes sure of database and
 * user there, which shows that it answers. Done again after a crash it goes on with the same cluster.
 */
export async function swapCluster(
  effects: Effects,
  operation: Operation,
  tenure: Tenure,
  origin: ClusterOrigin,
): Promise<void> {
  const { environment, tenant: id } = operation;
  const last = await effects.stacks.data.last({ environment, id });
  const { layout } = await effects.ledger.lookOf(operation);
  if (last?.spec.database.kind !== "cluster" || !layout?.data || !effects.site.data) throw noCluster(id);
  const clusters = clustersWith(last.spec.database.held, operation.id, origin);
  // Parameters are the tenant's newest settings, whatever revision its pods had.
  const newest = { ...layout, revision: operation.move!.revision };
  await bringData(effects, operation, newest, tenure, clusters);
}

/** Whether the data stack has been told of this restore's cluster. */
export async function swapBegun(
  { stacks }: Pick<Effects, "stacks">,
  { id: restore, environment, tenant: id }: Pick<Operation, "id" | "environment" | "tenant">,
): Promise<boolean> {
  const last = await stacks.data.last({ environment, id });
  return (
    last?.spec.database.kind === "cluster" && last.spec.database.held.clusters.some((one) => one.restore === restore)
  );
}

/** With the cluster that this restore makes in use. Pure. Throws `restores_unconfirmed`. */
export function clustersWith({ clusters }: Clusters, restore: string, restoredFrom: ClusterOrigin): Clusters {
  const made = clusters.find((one) => one.restore === restore);
  if (made) return { cluster: made.generation, clusters };
  if (clusters.length >= mostClusters) throw unconfirmed(clusters.length);
  const generation = Math.max(...clusters.map((one) => one.generation)) + 1;
  return { cluster: generation, clusters: [...clusters, { generation, restoredFrom, restore }] };
}

function unconfirmed(many: number): TealError {
  const message = `The tenant has ${many} clusters, those from before earlier restores among them, and may have no more. Let old ones go by hand (docs/aws-tenants.md), then resume.`;
  return new TealError("restores_unconfirmed", message, { data: { cause: "person", retriable: false } });
}

function noCluster(tenant: string): TealError {
  const message = `The backup holds a database, and tenant ${tenant} has no cluster of its own to put it in the place of.`;
  return new TealError("backup_failed", message, { data: { cause: "platform", retriable: false } });
}
