import type { Cluster } from "../api/cluster.ts";
import { type Context, runController, type Running } from "./controller.ts";
import type { Pod, ReplicaSet } from "./objects.ts";
import { createPod, isActive, isReady, leastUsefulFirst, podsOf, untilAvailable } from "./pods.ts";

/** A huge set is filled in steps, so that others get their turn. */
const mostAtOnce = 100;

/** Keeps as many pods as each ReplicaSet says. */
export function runReplicaSets(cluster: Cluster): Running {
  return runController(cluster, { name: "replicaset-controller", kind: "ReplicaSet", owns: ["Pod"], reconcile });
}

function reconcile(set: ReplicaSet, context: Context): void {
  const { client } = context;
  let pods = podsOf(client, set).filter(isActive);
  if (set.metadata.deletionTimestamp === undefined) {
    const missing = set.spec.replicas - pods.length;
    if (missing > 0) fill(set, Math.min(missing, mostAtOnce), context);
    if (missing < 0) trim(set, pods, -missing, context);
    if (missing > mostAtOnce) context.again(0);
    pods = podsOf(client, set).filter(isActive);
  }
  setStatus(set, pods, context);
}

function fill(set: ReplicaSet, missing: number, { client }: Context): void {
  for (let count = 0; count < missing; count++) {
    const pod = createPod(client, set, set.spec.template);
    client.event(set, "Normal", "SuccessfulCreate", `Created pod: ${pod.metadata.name}`);
  }
}

function trim(set: ReplicaSet, pods: Pod[], surplus: number, { client }: Context): void {
  for (const pod of pods.sort(leastUsefulFirst).slice(0, surplus)) {
    client.delete(pod);
    client.event(set, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.metadata.name}`);
  }
}

function setStatus(set: ReplicaSet, pods: Pod[], { client, again }: Context): void {
  const waits = pods.map((pod) => untilAvailable(pod, set.spec.minReadySeconds ?? 0));
  const ready = pods.filter(isReady).length;
  const available = waits.filter((wait) => wait === 0).length;
  const next = Math.min(...waits.filter((wait) => wait !== undefined && wait > 0).map(Number));
  if (Number.isFinite(next)) again(next);
  client.setStatus(set, {
    replicas: pods.length,
    ...(pods.length > 0 ? { fullyLabeledReplicas: pods.length } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    observedGeneration: set.metadata.generation,
  });
}
