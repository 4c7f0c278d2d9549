import type { Cluster } from "../api/cluster.ts";
import { kindNamed } from "../api/kinds.ts";
import { type KubeObject, keyOf, timestamp } from "../api/object.ts";
import { ControllerClient } from "./client.ts";
import type { Running } from "./controller.ts";
import { conditionOf, type Node, type Pod } from "./objects.ts";
import { claimProblem } from "../kubernetes/claims.ts";
import { claimsOf, isFinished } from "./pods.ts";
import { WorkQueue } from "./queue.ts";

const retryMillis = 5000;
const mostPods = 110;

/** Gives each new pod to the ready node that has the fewest. */
export function runScheduler(cluster: Cluster): Running {
  const client = new ControllerClient(cluster, "default-scheduler");
  const load = new NodeLoad();
  const queue = new WorkQueue("scheduler", (key) => {
    const [namespace, name] = key.split("/") as [string, string];
    const pod = client.get("Pod", namespace, name);
    if (pod !== undefined && isWaiting(pod) && !place(pod, client, load)) queue.addLater(key, retryMillis);
  });
  const retryAll = (): void =>
    client
      .list("Pod")
      .filter(isWaiting)
      .forEach((pod) => queue.add(keyOf(pod)));
  const stops = [
    client.watch(kindNamed("Pod"), ({ type, object }) => {
      load.note(object as Pod, type === "DELETED");
      if (type !== "DELETED" && isWaiting(object as Pod)) queue.add(keyOf(object));
    }),
    client.watch(kindNamed("Node"), ({ object, previous }) => {
      if (isOpen(object as Node) && (previous === undefined || !isOpen(previous as Node))) retryAll();
    }),
    client.watch(kindNamed("PersistentVolumeClaim"), ({ object }) =>
      client
        .list("Pod", object.metadata.namespace)
        .filter((pod) => isWaiting(pod) && claimsOf(pod).includes(object.metadata.name))
        .forEach((pod) => queue.add(keyOf(pod))),
    ),
  ];
  for (const pod of client.list("Pod")) load.note(pod, false);
  retryAll();
  return {
    stop() {
      stops.forEach((stop) => stop());
      queue.stop();
    },
  };
}

/** How many pods each node has. */
class NodeLoad {
  readonly #nodeOf = new Map<string, string>();
  readonly #count = new Map<string, number>();

  note(pod: Pod, gone: boolean): void {
    const { uid } = pod.metadata;
    const node = gone || isFinished(pod) ? undefined : pod.spec.nodeName;
    const before = this.#nodeOf.get(uid);
    if (node === before) return;
    if (before !== undefined) this.#count.set(before, this.of(before) - 1);
    if (node === undefined) this.#nodeOf.delete(uid);
    else {
      this.#nodeOf.set(uid, node);
      this.#count.set(node, this.of(node) + 1);
    }
  }

  of(node: string): number {
    return this.#count.get(node) ?? 0;
  }
}

function isWaiting({ spec, metadata }: Pod): boolean {
  return (
    spec.nodeName === undefined &&
    metadata.deletionTimestamp === undefined &&
    spec.schedulerName === "default-scheduler"
  );
}

function isOpen(node: Node): boolean {
  return conditionOf(node, "Ready")?.status === "True" && node.spec?.unschedulable !== true;
}

function place(pod: Pod, client: ControllerClient, load: NodeLoad): boolean {
  const nodes = client.list("Node");
  const lacking = claimProblem(claimsOf(pod), (name) =>
    client.get("PersistentVolumeClaim", pod.metadata.namespace, name),
  );
  if (lacking !== undefined) {
    refuse(pod, client, `0/${nodes.length} nodes are available: ${lacking}.`);
    return false;
  }
  const fitting = nodes.filter(isOpen).filter((node) => hasRoom(node, load) && hasLabels(node, pod.spec.nodeSelector));
  const [best] = fitting.sort((a, b) => load.of(a.metadata.name) - load.of(b.metadata.name));
  if (best === undefined) {
    const why = "none is ready, has room and fits the pod's nodeSelector";
    refuse(pod, client, `0/${nodes.length} nodes are available: ${why}.`);
    return false;
  }
  client.bind(pod, best.metadata.name);
  load.note({ ...pod, spec: { ...pod.spec, nodeName: best.metadata.name } }, false);
  const { namespace, name } = pod.metadata;
  client.event(pod, "Normal", "Scheduled", `Successfully assigned ${namespace!}/${name} to ${best.metadata.name}`);
  return true;
}

function hasRoom(node: Node, load: NodeLoad): boolean {
  return load.of(node.metadata.name) < Number(node.status.allocatable?.["pods"] ?? mostPods);
}

function hasLabels({ metadata }: KubeObject, wanted: Record<string, string> = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => metadata.labels?.[key] === value);
}

function refuse(pod: Pod, client: ControllerClient, message: string): void {
  if (conditionOf(pod, "PodScheduled")?.message === message) return;
  const others = (pod.status.conditions ?? []).filter((condition) => condition.type !== "PodScheduled");
  const now = timestamp();
  const condition = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message,
    lastTransitionTime: now,
  };
  client.setStatus(pod, { ...pod.status, conditions: [...others, condition] });
  client.event(pod, "Warning", "FailedScheduling", message);
}
