import { setTimeout as sleep } from "node:timers/promises";
import { shifted } from "../../model/layout.ts";
import type { Operation, Outcome } from "../../model/operation.ts";
import { readiness, type Readiness } from "../probes/readiness.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { compare, type Verdict } from "./analysis.ts";
import { checkNewSlot } from "./checking.ts";
import { policyOf, type Effects } from "./effects.ts";
import { lookAtTraffic } from "./look.ts";
import { surprised, type Seen } from "./seen.ts";

/** How often the figures are looked at while a step bakes, seconds. */
const everySeconds = 1;
/** Until a crash that made a check fail shows in the cluster. */
const crashShowsMs = 1000;

/**
 * One look at the colors while a step bakes. Bad figures end the step at once; it has passed when it has baked and the
 * figures are good. Where they are too few to say anything, the policy says who decides.
 */
export async function analyse(effects: Effects, operation: Operation): Promise<Seen> {
  const { memory } = operation;
  const move = operation.move!;
  const surprise = await lookAtTraffic(effects, operation, shifted(move, move.steps[memory.step]!));
  if (surprise) return surprised(surprise);
  const namespace = namespaceOf({ environment: operation.environment, id: operation.tenant });
  const counts = await effects.traffic.counts(namespace);
  const bakedFor = (Date.now() - Date.parse(memory.phaseSince)) / 1000;
  const pods = await readiness(effects.cluster, namespace, move.target);
  if (pods.hopeless) return stoppedBeingReady(pods);

  const verdict: Verdict =
    counts && memory.baseline
      ? compare(move.target, memory.baseline, counts, policyOf(effects, operation))
      : { verdict: "inconclusive", evidence: [] };
  const share = move.steps[memory.step]!;
  if (verdict.verdict === "bad") {
    if (!pods.ready) return stoppedBeingReady(pods, verdict);
    return failed(
      `Release ${move.content.release} fails too many requests at ${share} %`,
      "error_rate",
      verdict.evidence,
    );
  }
  if (memory.judged) return passed(share, verdict, " by a person's decision");
  if (bakedFor < move.bakeSeconds) {
    const left = Math.ceil(move.bakeSeconds - bakedFor);
    return {
      pending: `Baking at ${share} %`,
      retrySeconds: Math.min(everySeconds, left),
      overdue: unfinished,
      ...(counts && !memory.baseline && { memory: { ...memory, baseline: counts } }),
    };
  }
  return verdict.verdict === "good" ? passed(share, verdict) : await inconclusive(effects, operation, share, verdict);
}

/** Too few requests to judge by. */
async function inconclusive(effects: Effects, operation: Operation, share: number, verdict: Verdict): Promise<Seen> {
  const { inconclusive: wanted, minRequests } = policyOf(effects, operation);
  if (wanted === "checks") return await byChecks(effects, operation, share, verdict);
  const then = wanted === "pause" ? "A person decides whether it goes on" : "All traffic goes back, as the policy says";
  const outcome: Outcome = {
    code: "inconclusive",
    cause: "policy",
    message: `Fewer than ${minRequests} requests at ${share} % say nothing about the release. ${then}.`,
    evidence: verdict.evidence,
  };
  return { event: wanted === "pause" ? "pause" : "failed", message: outcome.message, outcome };
}

/** A quiet tenant is judged by its checks, so that it neither stalls nor wakes anyone. */
async function byChecks(effects: Effects, operation: Operation, share: number, verdict: Verdict): Promise<Seen> {
  const move = operation.move!;
  const result = await checkNewSlot(effects, operation);
  if (result.passed) return passed(share, verdict, " by its checks (too few requests to compare)");
  await sleep(crashShowsMs);
  const pods = await readiness(
    effects.cluster,
    namespaceOf({ environment: operation.environment, id: operation.tenant }),
    move.target,
  );
  if (!pods.ready) return stoppedBeingReady(pods);
  return failed(`Release ${move.content.release} fails its check at ${share} %`, "check_failed", [
    result.evidence,
    ...verdict.evidence,
  ]);
}

/** Its exit codes and logs tell more than the requests that failed of it. */
function stoppedBeingReady(pods: Readiness, verdict?: Verdict): Seen {
  const evidence = [...pods.evidence, ...(verdict?.evidence ?? [])];
  return failed(`The new slot's pods stopped being ready: ${pods.message}`, "release_not_ready", evidence);
}

function passed(share: number, verdict: Verdict, how = ""): Seen {
  return {
    event: "passed",
    message: `${share} % has passed${how}.`,
    data: { figures: verdict.evidence.map((e) => e.text) },
  };
}

function failed(message: string, code: string, evidence: Outcome["evidence"]): Seen {
  const outcome: Outcome = { code, cause: "release", message: `${message}. All traffic goes back.`, evidence };
  return { event: "failed", message: outcome.message, outcome };
}

/** Never shown: a step's bake has no time limit but its own. */
const unfinished: Outcome = {
  code: "bake_overdue",
  cause: "platform",
  message: "The step's bake did not end.",
  evidence: [],
};
