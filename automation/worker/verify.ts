import { setTimeout as sleep } from "node:timers/promises";
import type { Move } from "../../model/layout.ts";
import type { Operation, Outcome } from "../../model/operation.ts";
import { readiness, type Readiness } from "../probes/readiness.ts";
import { routeInForce } from "../probes/route.ts";
import { namespaceOf } from "../render.ts";
import { checkNewSlot } from "./checking.ts";
import type { Effects } from "./perform.ts";
import type { Seen } from "./seen.ts";

const crashLooks = 8;
const crashLookMs = 150;

/** One look at the new slot: pods ready, route in force, checks passed through the gateway by the preview rule. */
export async function verify(effects: Effects, operation: Operation): Promise<Seen> {
  const move = operation.move!;
  const namespace = namespaceOf(operation);
  const pods = await readiness(effects.cluster, namespace, move.target);
  const { ready, replicas, readyReplicas } = pods;
  const seen = { readiness: { [move.target]: { ready, replicas, readyReplicas } } };
  if (!pods.ready) {
    const overdue = notReady(move, pods);
    if (pods.hopeless) return { event: "failed", message: overdue.message, outcome: overdue, ...seen };
    return { pending: pods.message, retrySeconds: 0.25, overdue, ...seen };
  }
  const { inForce, why } = await routeInForce(effects.cluster, namespace);
  if (!inForce) return { pending: `All pods are ready; ${why}`, retrySeconds: 0.1, overdue: unrouted(why), ...seen };
  const failed = await failedCheck(effects, operation, move);
  if (failed) {
    const crash = await crashed(effects, namespace, move, pods);
    return crash ?? { ...failed, ...seen };
  }
  return {
    event: "verified",
    message: `All ${pods.replicas} pods of ${move.target} are ready and every check passed.`,
    ...seen,
  };
}

/**
 * A pod that crashes under its first requests is not a wrong answer: its exit code and log tell more. The cluster says so
 * a moment later, as it has to come from the node by way of its controllers.
 */
async function crashed(effects: Effects, namespace: string, move: Move, before: Readiness): Promise<Seen | undefined> {
  for (let look = 0; look < crashLooks; look++) {
    const now = await readiness(effects.cluster, namespace, move.target);
    if (!now.ready || now.restarts > before.restarts)
      return { pending: now.message, retrySeconds: 0.25, overdue: notReady(move, now) };
    await sleep(crashLookMs);
  }
  return undefined;
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
    message: `Release ${move.content.release} fails its check: ${result.evidence.text}.`,
    evidence: [result.evidence],
  };
  return { event: "failed", message: outcome.message, outcome };
}

function notReady(move: Move, pods: Readiness): Outcome {
  return {
    code: "release_not_ready",
    cause: "release",
    message: `Release ${move.content.release} does not become ready: ${pods.message}.`,
    evidence: pods.evidence,
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
