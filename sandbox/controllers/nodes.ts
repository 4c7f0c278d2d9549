import type { Cluster } from "../api/cluster.ts";
import { timestamp } from "../api/object.ts";
import { ControllerClient } from "./client.ts";
import type { Running } from "./controller.ts";
import { type Condition, conditionOf, type Node, type Pod } from "./objects.ts";

const checkMillis = 5000;
/** As long as a node may keep silent, as on a real cluster. */
const graceMillis = 40_000;

interface Sign {
  renewTime: string | undefined;
  seenAt: number;
}

/**
 * Finds nodes that keep silent: their Ready condition becomes Unknown and their pods not ready. Silence is measured from
 * when a renewal was seen here, so a node is not blamed for the time in which the API server itself was down.
 */
export function runNodeLiveness(cluster: Cluster, now: () => number = Date.now): Running {
  const client = new ControllerClient(cluster, "node-controller");
  const signs = new Map<string, Sign>();
  const check = (): void => {
    for (const node of client.list("Node")) {
      const lease = client.get("Lease", "kube-node-lease", node.metadata.name);
      const sign = signs.get(node.metadata.uid);
      const renewTime = lease?.spec.renewTime;
      if (sign === undefined || sign.renewTime !== renewTime)
        signs.set(node.metadata.uid, { renewTime, seenAt: now() });
      else if (now() - sign.seenAt > graceMillis) markSilent(node, client);
    }
    removeStranded(client);
  };
  check();
  const timer = setInterval(check, checkMillis);
  return { stop: () => clearInterval(timer) };
}

function markSilent(node: Node, client: ControllerClient): void {
  if (conditionOf(node, "Ready")?.status === "Unknown") return;
  const now = timestamp();
  const unknown: Condition = {
    ...(conditionOf(node, "Ready") ?? { type: "Ready" }),
    status: "Unknown",
    reason: "NodeStatusUnknown",
    message: "Kubelet stopped posting node status.",
    lastTransitionTime: now,
  };
  client.setStatus(node, { ...node.status, conditions: withCondition(node.status.conditions, unknown) });
  client.event(node, "Normal", "NodeNotReady", `Node ${node.metadata.name} status is now: NodeNotReady`);
  for (const pod of client.list("Pod")) {
    if (pod.spec.nodeName === node.metadata.name) markNotReady(pod, client);
  }
}

function markNotReady(pod: Pod, client: ControllerClient): void {
  const ready = conditionOf(pod, "Ready");
  if (ready?.status !== "True") return;
  const condition: Condition = { ...ready, status: "False", lastTransitionTime: timestamp() };
  client.setStatus(pod, { ...pod.status, conditions: withCondition(pod.status.conditions, condition) });
}

function withCondition(conditions: Condition[] = [], condition: Condition): Condition[] {
  const at = conditions.findIndex(({ type }) => type === condition.type);
  return at < 0 ? [...conditions, condition] : conditions.with(at, condition);
}

/** Pods of a node that was deleted have nobody who could end them. */
function removeStranded(client: ControllerClient): void {
  for (const pod of client.list("Pod")) {
    const { nodeName } = pod.spec;
    if (nodeName !== undefined && client.get("Node", undefined, nodeName) === undefined) {
      client.delete(pod, { gracePeriodSeconds: 0 });
    }
  }
}
