import type { Cluster } from "../api/cluster.ts";
import { timestamp } from "../api/object.ts";
import { type Context, runController, type Running } from "./controller.ts";
import { type Condition, conditionOf, type Job, type Pod } from "./objects.ts";
import { createPod, isActive, isReady, podsOf } from "./pods.ts";

/** A real cluster waits ten seconds before the first retry; demos and tests cannot. */
const shortestBackoffMillis = 1000;
const longestBackoffMillis = 60_000;

/** Runs each Job's pods to their end. */
export function runJobs(cluster: Cluster): Running {
  return runController(cluster, { name: "job-controller", kind: "Job", owns: ["Pod"], reconcile });
}

interface Tally {
  pods: Pod[];
  active: Pod[];
  succeeded: number;
  failed: number;
}

function reconcile(job: Job, context: Context): void {
  if (job.metadata.deletionTimestamp !== undefined) return;
  if (conditionOf(job, "Complete") !== undefined || conditionOf(job, "Failed") !== undefined) {
    return expire(job, context);
  }
  const pods = podsOf(context.client, job);
  const count = (phase: string): number => pods.filter((pod) => pod.status.phase === phase).length;
  const tally: Tally = {
    pods,
    active: pods.filter(isActive),
    succeeded: Math.max(count("Succeeded"), job.status.succeeded ?? 0),
    failed: Math.max(count("Failed"), job.status.failed ?? 0),
  };
  const ending = endOf(job, tally, context);
  if (ending !== undefined) return finish(job, tally, ending, context);
  if (!job.spec.suspend) start(job, tally, context);
  else tally.active.forEach((pod) => context.client.delete(pod));
  report(job, tally, context);
}

/** Why a Job is over, if it is. */
function endOf(job: Job, { pods, succeeded, failed }: Tally, { again }: Context): Condition | undefined {
  const { completions, backoffLimit, activeDeadlineSeconds } = job.spec;
  if (succeeded >= completions)
    return {
      type: "Complete",
      status: "True",
      reason: "CompletionsReached",
      message: "Reached expected number of succeeded pods",
    };
  const restarts = pods
    .flatMap((pod) => (pod.spec.restartPolicy === "OnFailure" ? (pod.status.containerStatuses ?? []) : []))
    .reduce((sum, container) => sum + container.restartCount, 0);
  if (failed > backoffLimit || restarts > backoffLimit) {
    const message = "Job has reached the specified backoff limit";
    return { type: "Failed", status: "True", reason: "BackoffLimitExceeded", message };
  }
  if (activeDeadlineSeconds === undefined || job.status.startTime === undefined) return undefined;
  const left = Date.parse(job.status.startTime) + activeDeadlineSeconds * 1000 - Date.now();
  if (left > 0) {
    again(left + 1000);
    return undefined;
  }
  const message = "Job was active longer than specified deadline";
  return { type: "Failed", status: "True", reason: "DeadlineExceeded", message };
}

function finish(job: Job, tally: Tally, ending: Condition, { client, again }: Context): void {
  tally.active.forEach((pod) => client.delete(pod));
  const now = timestamp();
  const times = { lastProbeTime: now, lastTransitionTime: now };
  const { reason, message } = ending;
  const complete = ending.type === "Complete";
  // Told first, while pods are still ending; here both come at once.
  const early: Condition = { type: complete ? "SuccessCriteriaMet" : "FailureTarget", status: "True", reason, message };
  client.setStatus(job, {
    ...counts(job, { ...tally, active: [] }),
    conditions: [
      { ...early, ...times },
      { ...ending, ...times },
    ],
    ...(complete ? { completionTime: now } : {}),
    ready: 0,
  });
  client.event(
    job,
    complete ? "Normal" : "Warning",
    complete ? "Completed" : reason!,
    complete ? "Job completed" : message!,
  );
  if (job.spec.ttlSecondsAfterFinished !== undefined) again(job.spec.ttlSecondsAfterFinished * 1000);
}

function start(job: Job, tally: Tally, { client, again }: Context): void {
  const missing = Math.min(job.spec.parallelism, job.spec.completions - tally.succeeded) - tally.active.length;
  const terminating = tally.pods.some(
    (pod) => pod.metadata.deletionTimestamp !== undefined && pod.status.phase !== "Failed",
  );
  if (missing <= 0 || terminating) return;
  const wait = untilRetry(tally);
  if (wait > 0) return again(wait);
  for (let count = 0; count < missing; count++) {
    const pod = createPod(client, job, job.spec.template);
    client.event(job, "Normal", "SuccessfulCreate", `Created pod: ${pod.metadata.name}`);
    tally.active.push(pod);
  }
}

/** Milliseconds until a Job whose pods failed may try again. */
function untilRetry({ pods, failed }: Tally): number {
  if (failed === 0) return 0;
  const ended = pods.filter((pod) => pod.status.phase === "Failed").map(endedAt);
  const backoff = Math.min(shortestBackoffMillis * 2 ** (failed - 1), longestBackoffMillis);
  return ended.length === 0 ? 0 : Math.max(...ended) + backoff - Date.now();
}

function endedAt(pod: Pod): number {
  const ready = conditionOf(pod, "Ready")?.lastTransitionTime;
  return Date.parse(ready ?? pod.metadata.creationTimestamp);
}

function report(job: Job, tally: Tally, { client }: Context): void {
  const conditions = job.spec.suspend
    ? [{ type: "Suspended", status: "True", reason: "JobSuspended", message: "Job suspended" }]
    : [];
  client.setStatus(job, {
    ...counts(job, tally),
    ready: tally.active.filter(isReady).length,
    ...(conditions.length > 0 ? { conditions } : {}),
  });
}

function counts(job: Job, { active, succeeded, failed }: Tally): Job["status"] {
  return {
    startTime: job.status.startTime ?? timestamp(),
    ...(active.length > 0 ? { active: active.length } : {}),
    ...(succeeded > 0 ? { succeeded } : {}),
    ...(failed > 0 ? { failed } : {}),
  };
}

function expire(job: Job, { client, again }: Context): void {
  const keep = job.spec.ttlSecondsAfterFinished;
  const end = job.status.completionTime ?? conditionOf(job, "Failed")?.lastTransitionTime;
  if (keep === undefined || end === undefined) return;
  const left = Date.parse(end) + keep * 1000 - Date.now();
  if (left > 0) again(left);
  else client.delete(job, { propagationPolicy: "Foreground" });
}
