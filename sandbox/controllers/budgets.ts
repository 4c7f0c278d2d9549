import type { Cluster } from "../api/cluster.ts";
import { kindNamed } from "../api/kinds.ts";
import { timestamp } from "../api/object.ts";
import { selects } from "../api/selectors.ts";
import { ControllerClient } from "./client.ts";
import type { Running } from "./controller.ts";
import { type Budget, conditionOf } from "./objects.ts";
import { isActive, isReady } from "./pods.ts";
import { WorkQueue } from "./queue.ts";
import { share } from "./rollout.ts";

/** Keeps the status of PodDisruptionBudgets: how many pods are there, and how many may be evicted now. */
export function runBudgets(cluster: Cluster): Running {
  const client = new ControllerClient(cluster, "disruption-controller");
  const queue = new WorkQueue("disruption-controller", (namespace) => {
    for (const budget of client.list("PodDisruptionBudget", namespace)) setStatus(budget, client);
  });
  const stops = ["PodDisruptionBudget", "Pod"].map((kind) =>
    client.watch(kindNamed(kind), ({ object }) => queue.add(object.metadata.namespace!)),
  );
  for (const budget of client.list("PodDisruptionBudget")) queue.add(budget.metadata.namespace!);
  return {
    stop() {
      stops.forEach((stop) => stop());
      queue.stop();
    },
  };
}

function setStatus(budget: Budget, client: ControllerClient): void {
  const { selector, minAvailable, maxUnavailable } = budget.spec;
  const pods = client
    .list("Pod", budget.metadata.namespace)
    .filter((pod) => isActive(pod) && selects(selector, pod.metadata.labels));
  const expected = pods.length;
  const least =
    maxUnavailable === undefined
      ? share(minAvailable ?? 1, expected, Math.ceil)
      : Math.max(0, expected - share(maxUnavailable, expected, Math.ceil));
  const healthy = pods.filter(isReady).length;
  const allowed = expected === 0 ? 0 : Math.max(0, healthy - least);
  const before = conditionOf(budget as { status?: object }, "DisruptionAllowed");
  const status = allowed > 0 ? "True" : "False";
  client.setStatus(budget, {
    observedGeneration: budget.metadata.generation,
    currentHealthy: healthy,
    desiredHealthy: least,
    disruptionsAllowed: allowed,
    expectedPods: expected,
    conditions: [
      {
        type: "DisruptionAllowed",
        status,
        reason: allowed > 0 ? "SufficientPods" : "InsufficientPods",
        message: "",
        observedGeneration: budget.metadata.generation,
        lastTransitionTime: before?.status === status ? before.lastTransitionTime : timestamp(),
      },
    ],
  });
}
