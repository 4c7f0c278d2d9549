import { setTimeout as sleep } from "node:timers/promises";
import { isQuery } from "../../model/analysis.ts";
import { otherColor } from "../../model/color.ts";
import type { Move } from "../../model/layout.ts";
import type { Operation, Outcome } from "../../model/operation.ts";
import { readiness, type Readiness } from "../probes/readiness.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { checkNewSlot } from "./checking.ts";
import { policyOf, type Effects } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** How long pods must stay as they are once they have answered the checks. */
const steadyMs = 1000;
/** Controllers that work make pods, and count those that are ready, in less than this. */
const controllerSeconds = 8;

/** One look at the new slot: pods ready, route in force, checks passed through the gateway by the preview rule. */
export async function verify(effects: Effects, operation: Operation): Promise<Seen> {
  const move = operation.move!;
  const { analysis } = policyOf(effects, operation);
  // Said before any traffic moves, not by the first step that can't be judged.
  if (move.steps.length > 0 && analysis.some(isQuery)) effects.prometheus.require();
  const namespace = namespaceOf({ environment: operation.environment, id: operation.tenant });
  const pods = await readiness(effects.cluster, namespace, move.target);
  const { ready, replicas, readyReplicas } = pods;
  const others = move.serves ? await idleReadiness(effects, namespace, move) : {};
  const seen = { readiness: { ...others, [move.target]: { ready, replicas, readyReplicas } } };
  if (!pods.ready) {
    const phaseSeconds = (Date.now() - Date.parse(operation.memory.phaseSince)) / 1000;
    if (pods.behind && phaseSeconds > controllerSeconds) return { ...waitsForControllers(pods, operation), ...seen };
    const overdue = notReady(move, pods);
    if (pods.hopeless) return { event: "failed", message: overdue.message, outcome: overdue, ...seen };
    return { pending: pods.message, retrySeconds: 0.25, overdue, ...seen };
  }
  const { inForce, why } = await effects.routes.inForce(namespace);
  if (!inForce) return { pending: `All pods are ready; ${why}`, retrySeconds: 0.1, overdue: unrouted(why), ...seen };
  const failed = await failedCheck(effects, operation, move);
  if (failed && "pending" in failed) return { ...failed, ...seen };
  // What crashes soon after it became ready may pass every check, or fail one for no other reason: exit code and log
  // tell more. The cluster says so a moment later only, as it has to come from the node by way of its controllers.
  await sleep(steadyMs);
  const after = await readiness(effects.cluster, namespace, move.target);
  if (!after.ready || after.restarts > pods.restarts) {
    const message = after.message || `pods of ${move.target} crashed after they had become ready`;
    return { pending: message, retrySeconds: 0.25, overdue: notReady(move, { ...after, message }), ...seen };
  }
  if (failed) return { ...failed, ...seen };
  return {
    event: "verified",
    message: `All ${pods.replicas} pods of ${move.target} are ready and every check passed.`,
    ...seen,
  };
}

/** Pods of the idle slot come back with the others, and nobody waits for them: what is known of them is told. */
async function idleReadiness({ cluster }: Effects, namespace: string, { target, before }: Move) {
  const idle = otherColor(target);
  if (!before?.slots[idle]) return {};
  const { ready, replicas, readyReplicas } = await readiness(cluster, namespace, idle);
  return { [idle]: { ready, replicas, readyReplicas } };
}

/** Undefined where every check passed. */
async function failedCheck(effects: Effects, operation: Operation, move: Move): Promise<Seen | undefined> {
  const result = await checkNewSlot(effects, operation);
  if (result.passed) return undefined;
  if (result.unrouted)
    return { pending: result.evidence.text, retrySeconds: 0.25, overdue: unrouted(result.evidence.text) };
  const outcome: Outcome = {
    code: "check_failed",
    cause: "release",
    message: `Release ${move.content!.release} fails its check: ${result.evidence.text}.`,
    evidence: [result.evidence],
  };
  return { event: "failed", message: outcome.message, outcome };
}

function notReady(move: Move, pods: Readiness): Outcome {
  const stays = move.replicas === undefined ? "" : " The number of pods stays as it was set: scale again.";
  return {
    code: "release_not_ready",
    cause: "release",
    message: `Release ${move.content!.release} does not become ready: ${pods.message}.${stays}`,
    evidence: pods.evidence,
  };
}

/** After an outage controllers may take a minute to come back: that is waited out, and no fault of the release. */
function waitsForControllers(pods: Readiness, { memory }: Operation): Seen {
  const trouble: Outcome = {
    code: "controllers_behind",
    cause: "platform",
    message: `The cluster's controllers have not done their part yet: ${pods.message}, and nothing is wrong with any pod.`,
    evidence: [],
  };
  const attempts = memory.attempts + 1;
  return {
    pending: trouble.message,
    retrySeconds: 0.5,
    overdue: trouble,
    trouble,
    memory: { ...memory, attempts },
  };
}

function unrouted(why: string): Outcome {
  return {
    code: "preview_not_routed",
    cause: "platform",
    message: `The new slot can't be checked through the gateway: ${why}.`,
    evidence: [],
  };
}
