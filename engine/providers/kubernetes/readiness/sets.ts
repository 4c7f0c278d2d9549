/** StatefulSets, DaemonSets and ReplicationControllers. */
import type { JsonObject } from "../../../values/property.ts";
import { metadataOf } from "../object.ts";
import {
  generationOf,
  late,
  lateByPolling,
  lateCondition,
  number,
  part,
  ready,
  specOf,
  statusOf,
  text,
  waiting,
  type Around,
  type Readiness,
  type Rule,
} from "./look.ts";
import { warningsOfPods } from "./pod.ts";

export const statefulSet: Rule = { look: statefulSetReadiness, onRead: true, late };
export const daemonSet: Rule = { look: daemonSetReadiness, onRead: true, late: lateCondition };
export const replicationController: Rule = {
  look: (object) =>
    statusOf(object)["availableReplicas"] === specOf(object)["replicas"]
      ? ready
      : waiting("Waiting for replicas to be available"),
  onRead: false,
  limit: 600,
  late: lateByPolling,
};

const isObserved = (object: JsonObject) => number(statusOf(object)["observedGeneration"]) >= generationOf(object);

/** A stateful set is ready when all its pods are, in the revision that it is to have. */
function statefulSetReadiness(object: JsonObject, around: Around): Readiness {
  const status = statusOf(object);
  const count = (name: string) => number(status[name]);
  const wanted = number(specOf(object)["replicas"]);
  const [current, target] = [text(status["currentRevision"]), text(status["updateRevision"])];
  const byHand = generationOf(object) > 1 && part(specOf(object), "updateStrategy")["type"] === "OnDelete";
  const observed = isObserved(object);
  const revisionReady = observed && (byHand || (current !== "" && current === target));
  const replicasReady =
    observed &&
    ["replicas", "readyReplicas", ...(byHand ? [] : ["currentReplicas"])].every((name) => count(name) === wanted);
  if (revisionReady && replicasReady) return ready;
  const up = revisionReady ? count("readyReplicas") : Math.min(count("readyReplicas"), count("updatedReplicas"));
  const [shownUp, shownWanted] = observed ? [up, wanted] : [0, 0];
  const shown = observed ? [current, target] : ["", ""];
  return waiting(statefulSetStatus(object, replicasReady, shownUp, shownWanted), async () => [
    ...(replicasReady ? [] : [`${shownUp} out of ${shownWanted} replicas succeeded readiness checks`]),
    ...(revisionReady
      ? []
      : [
          `StatefulSet controller failed to advance from revision ${JSON.stringify(shown[0])} to revision ${JSON.stringify(shown[1])}`,
        ]),
    ...(await warningsOfPods(object, around)),
  ]);
}

function statefulSetStatus(object: JsonObject, replicasReady: boolean, up: number, wanted: number): string {
  if (generationOf(object) <= 1) return `[1/2] Waiting for StatefulSet to create Pods (${up}/${wanted} Pods ready)`;
  return replicasReady
    ? "[2/3] Waiting for StatefulSet to update .status.currentRevision"
    : `[1/3] Waiting for StatefulSet update to roll out (${up}/${wanted} Pods ready)`;
}

/** A daemon set is ready when every node that should has an updated pod that is ready and available. */
function daemonSetReadiness(object: JsonObject): Readiness {
  const status = statusOf(object);
  if (!isObserved(object)) return waiting("DaemonSet generation is not the one observed yet");
  if (metadataOf(object)["deletionTimestamp"] !== undefined) return waiting("DaemonSet is being deleted");
  if (status["desiredNumberScheduled"] === undefined) return waiting("Missing .status.desiredNumberScheduled");
  const wanted = number(status["desiredNumberScheduled"]);
  const counts = {
    Current: "currentNumberScheduled",
    Updated: "updatedNumberScheduled",
    Available: "numberAvailable",
    Ready: "numberReady",
  };
  for (const [name, field] of Object.entries(counts))
    if (number(status[field]) < wanted) return waiting(`${name}: ${number(status[field])}/${wanted}`);
  return ready;
}
