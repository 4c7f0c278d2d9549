import { TealError } from "../../model/errors.ts";
import type { Layout } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import type { Clusters, HeldCluster } from "../../tenant/data/spec.ts";
import { clusterIdentifierOf, lastSnapshotOf } from "../../tenant/plan/data/names.ts";
import { bringData } from "./data.ts";
import type { Effects, Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/**
 * Removes the clusters that `move.letsGo` says, by two updates of the tenant's data stack: one takes their protection off, the next leaves
 * them out, which has AWS take a last snapshot of each and delete it; an adopted one is only forgotten. Done again after a crash at any
 * point it goes on from what the stack was given last.
 */
export async function letGo(effects: Effects, operation: Operation, layout: Layout, tenure: Tenure): Promise<void> {
  const { environment, tenant: id, move } = operation;
  const last = await effects.stacks.data.last({ environment, id });
  if (last?.spec.database.kind !== "cluster") throw noCluster(id);
  const { uid } = await effects.ledger.tenantForWork(operation, layout);
  const snapshotOf = (generation: number) => lastSnapshotOf(clusterIdentifierOf({ environment, id }, generation), uid);
  for (const clusters of stepsOf(last.spec.database.held, move!.letsGo!, snapshotOf))
    await bringData(effects, operation, layout, tenure, clusters);
}

/**
 * What the stack is brought to, in order. Where one that goes is there still, its end is told to the stack once more: whether the update
 * that said so came through is not to be guessed. Pure. Throws `cluster_in_use`.
 */
export function stepsOf(
  { cluster, clusters }: Clusters,
  letsGo: readonly number[],
  snapshotOf: (generation: number) => string,
): Clusters[] {
  const goes = ({ generation }: { generation: number }) => letsGo.includes(generation);
  if (letsGo.includes(cluster)) throw inUse(cluster);
  const left = { cluster, clusters: clusters.filter((one) => !goes(one)) };
  if (!clusters.some(goes)) return [left];
  const end = (one: HeldCluster): HeldCluster => ({
    ...one,
    ends: true,
    // An adopted one is in nobody's stack, and is not deleted.
    ...(one.adopted === undefined && { lastSnapshot: snapshotOf(one.generation) }),
  });
  const ending = clusters.map((one) => (goes(one) ? end(one) : one));
  return [{ cluster, clusters: ending }, left];
}

/** In one event with the end of it: what went for good. */
export async function sayingGone({ ledger }: Effects, operation: Operation, layout: Layout, seen: Seen): Promise<Seen> {
  const { phase, environment, tenant: id, move } = operation;
  const { letsGo } = move ?? {};
  if (!letsGo || phase !== "deploying" || !("event" in seen) || seen.event !== "applied") return seen;
  const { uid, adoptedData } = await ledger.tenantForWork(operation, layout);
  // An adopted cluster is always a tenant's first.
  const forgotten = adoptedData?.database && letsGo.includes(1) ? adoptedData.database.cluster : undefined;
  const own = letsGo.filter((generation) => forgotten === undefined || generation !== 1);
  const gone = own.map((generation) => clusterIdentifierOf({ environment, id }, generation));
  const snapshots = gone.map((identifier) => lastSnapshotOf(identifier, uid));
  const sentences = [
    ...(gone.length > 0 ? [`Removed: cluster ${gone.join(", ")}. What stays: snapshot ${snapshots.join(", ")}.`] : []),
    ...(forgotten === undefined
      ? []
      : [`Forgotten: cluster ${forgotten}, which was there before the tenant, and stays.`]),
  ];
  return { ...seen, message: sentences.join(" "), data: { ...seen.data, letsGo, snapshots } };
}

function inUse(cluster: number): TealError {
  const message = `Cluster ${cluster} was to be removed, and is in use by now: somebody has brought the tenant's data stack to that by hand. Nothing was done.`;
  return new TealError("cluster_in_use", message, { data: { cause: "person", retriable: false } });
}

function noCluster(tenant: string): TealError {
  const message = `Tenant ${tenant} has no cluster of its own any more: somebody has brought its data stack to that by hand. Nothing was done.`;
  return new TealError("cluster_in_use", message, { data: { cause: "person", retriable: false } });
}
