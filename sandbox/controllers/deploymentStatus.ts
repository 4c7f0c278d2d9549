import { sameJson } from "../api/json.ts";
import { timestamp } from "../api/object.ts";
import { type Condition, conditionOf, type Deployment, type DeploymentStatus, type ReplicaSet } from "./objects.ts";
import { boundsOf } from "./rollout.ts";

/** What a Deployment's status says, given its sets. */
export function statusOf(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  sets: ReplicaSet[],
  now = Date.now(),
): DeploymentStatus {
  const total = (of: (set: ReplicaSet) => number | undefined): number =>
    sets.reduce((sum, set) => sum + (of(set) ?? 0), 0);
  const counts = {
    replicas: total((set) => set.status.replicas),
    updatedReplicas: current?.status.replicas ?? 0,
    readyReplicas: total((set) => set.status.readyReplicas),
    availableReplicas: total((set) => set.status.availableReplicas),
    unavailableReplicas: 0,
  };
  const planned = Math.max(
    total((set) => set.spec.replicas),
    deployment.spec.replicas,
  );
  counts.unavailableReplicas = Math.max(0, planned - counts.availableReplicas);
  const status: DeploymentStatus = {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  };
  const conditions = [availability(deployment, status), progress(deployment, status, current, now)];
  status.conditions = conditions.flatMap((condition) => condition ?? []);
  return status;
}

export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const wanted = deployment.spec.replicas;
  return [status.updatedReplicas, status.replicas, status.availableReplicas].every((count) => (count ?? 0) === wanted);
}

/** Milliseconds until a rollout that stands still counts as failed; undefined when none is under way. */
export function untilDeadline(deployment: Deployment, status: DeploymentStatus, now = Date.now()): number | undefined {
  const progressing = conditionOf({ status }, "Progressing");
  if (progressing === undefined || progressing.status !== "True") return undefined;
  if (progressing.reason === "NewReplicaSetAvailable") return undefined;
  const since = Date.parse(progressing.lastUpdateTime ?? "");
  return Math.max(0, since + deployment.spec.progressDeadlineSeconds * 1000 - now);
}

function availability(deployment: Deployment, status: DeploymentStatus): Condition {
  const enough = (status.availableReplicas ?? 0) >= deployment.spec.replicas - boundsOf(deployment).unavailable;
  return settled(deployment, {
    type: "Available",
    status: enough ? "True" : "False",
    reason: enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
    message: enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
  });
}

function progress(
  deployment: Deployment,
  status: DeploymentStatus,
  current: ReplicaSet | undefined,
  now: number,
): Condition | undefined {
  const before = conditionOf(deployment, "Progressing");
  if (current === undefined) return before;
  const subject = `ReplicaSet "${current.metadata.name}"`;
  const type = "Progressing";
  const sameSet = before?.message?.includes(subject) === true;
  // Copies that come and go after the rollout was complete are no rollout.
  if (sameSet && before.reason === "NewReplicaSetAvailable" && status.replicas === status.updatedReplicas)
    return before;
  if (isComplete(deployment, status)) {
    const message = `${subject} has successfully progressed.`;
    return settled(deployment, { type, status: "True", reason: "NewReplicaSetAvailable", message });
  }
  const moved = hasMoved(deployment.status, status) || !sameSet;
  if (moved || before === undefined) {
    const condition: Condition = {
      type,
      status: "True",
      reason: "ReplicaSetUpdated",
      message: `${subject} is progressing.`,
    };
    return { ...settled(deployment, condition), lastUpdateTime: timestamp(new Date(now)) };
  }
  if (before.status === "False" || untilDeadline(deployment, deployment.status, now) !== 0) return before;
  const message = `${subject} has timed out progressing.`;
  return settled(deployment, { type, status: "False", reason: "ProgressDeadlineExceeded", message });
}

function hasMoved(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** The condition with its times: unchanged while nothing in it changes. */
function settled(deployment: Deployment, condition: Condition): Condition {
  const before = conditionOf(deployment, condition.type);
  const now = timestamp();
  const lastTransitionTime = before?.status === condition.status ? (before.lastTransitionTime ?? now) : now;
  const same = before !== undefined && sameJson({ ...before, ...condition }, before);
  return same ? before : { ...condition, lastUpdateTime: now, lastTransitionTime };
}
