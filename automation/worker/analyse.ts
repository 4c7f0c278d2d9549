import { setTimeout as sleep } from "node:timers/promises";
import { errorsCheck, isQuery, type AnalysisCheck } from "../../model/analysis.ts";
import type { Color } from "../../model/color.ts";
import { shifted } from "../../model/layout.ts";
import type { Memory, Operation, Outcome } from "../../model/operation.ts";
import type { Policy } from "../../model/policy.ts";
import { bothSince } from "../probes/figures.ts";
import { readiness, type Readiness } from "../probes/readiness.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { checksOf, compare, type Verdict } from "./analysis.ts";
import { checkNewSlot } from "./checking.ts";
import { policyOf, type Effects } from "./effects.ts";
import { lookAtTraffic } from "./look.ts";
import { measure, type Sources } from "./measure.ts";
import { surprised, type Seen } from "./seen.ts";

/** How often the figures are looked at while a step bakes, seconds. */
const everySeconds = 1;
/** The same where Prometheus is asked, whose own figures are no newer than that. */
const everyQuerySeconds = 5;
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

  const share = move.steps[memory.step]!;
  const left = move.bakeSeconds - bakedFor;
  const { counter } = effects.traffic;
  // What another worker counted can't be gone on from where each counts for itself: then it is counted anew.
  const baseline = memory.counter === counter ? memory.baseline : null;
  if (counts && !baseline && left > 0)
    return baking(share, Math.min(everySeconds, left), { ...memory, baseline: counts, ...(counter && { counter }) });
  const policy = policyOf(effects, operation);
  const counted = counts && baseline && bothSince(baseline, counts);
  const sources = { prometheus: effects.prometheus, namespace, counted, seconds: bakedFor };
  const checks = checksOf(policy, counts !== null);
  const verdict = await judged(sources, move.target, checks, policy);
  if (verdict.verdict === "bad") {
    if (!pods.ready) return stoppedBeingReady(pods, verdict);
    return tooBad(move.content!.release, share, verdict);
  }
  if (memory.judged) return passed(share, verdict, " by a person's decision");
  if (left > 0) return baking(share, Math.min(checks.some(isQuery) ? everyQuerySeconds : everySeconds, left));
  return verdict.verdict === "good" ? passed(share, verdict) : await inconclusive(effects, operation, share, verdict);
}

/** What the gateway says is looked at first: while Prometheus is away, a release that fails is still seen to. */
async function judged(
  sources: Sources,
  fresh: Color,
  checks: AnalysisCheck[],
  policy: Pick<Policy, "minRequests">,
): Promise<Verdict> {
  const measured = await Promise.all(checks.filter((c) => !isQuery(c)).map((c) => measure(sources, c)));
  const verdict = compare(fresh, measured, policy);
  const queries = checks.filter(isQuery);
  if (verdict.verdict === "bad" || queries.length === 0) return verdict;
  const asked = await Promise.all(queries.map((c) => measure(sources, c)));
  return compare(fresh, [...measured, ...asked], policy);
}

function baking(share: number, retrySeconds: number, memory?: Memory): Seen {
  return { pending: `Baking at ${share} %`, retrySeconds, overdue: unfinished, ...(memory && { memory }) };
}

/** Too few requests to judge by. */
async function inconclusive(effects: Effects, operation: Operation, share: number, verdict: Verdict): Promise<Seen> {
  const { inconclusive: wanted } = policyOf(effects, operation);
  if (wanted === "checks") return await byChecks(effects, operation, share, verdict);
  const then = wanted === "pause" ? "A person decides whether it goes on" : "All traffic goes back, as the policy says";
  const outcome: Outcome = {
    code: "inconclusive",
    cause: "policy",
    message: `Too few requests at ${share} % say nothing about the release (${tooFew(verdict)}). ${then}.`,
    evidence: verdict.evidence,
  };
  const data = { figures: verdict.figures };
  return { event: wanted === "pause" ? "pause" : "failed", message: outcome.message, outcome, data };
}

function tooFew({ figures }: Verdict): string {
  const named = figures.filter(({ verdict }) => verdict === "too-few");
  return named.map(({ check, minRequests }) => `${check} takes ${minRequests}`).join(", ");
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
  const message = `Release ${move.content!.release} fails its check at ${share} %`;
  return failed(message, "check_failed", [result.evidence, ...verdict.evidence], verdict);
}

/** Figures beyond their limits. */
function tooBad(release: string, share: number, verdict: Verdict): Seen {
  const bad = verdict.figures.filter((figure) => figure.verdict === "bad").map(({ check }) => check);
  if (bad.includes(errorsCheck))
    return failed(`Release ${release} fails too many requests at ${share} %`, "error_rate", verdict.evidence, verdict);
  const message = `Release ${release} breaks the limits of its analysis at ${share} % (${bad.join(", ")})`;
  return failed(message, "analysis_failed", verdict.evidence, verdict);
}

/** Its exit codes and logs tell more than the requests that failed of it. */
function stoppedBeingReady(pods: Readiness, verdict?: Verdict): Seen {
  const evidence = [...pods.evidence, ...(verdict?.evidence ?? [])];
  return failed(`The new slot's pods stopped being ready: ${pods.message}`, "release_not_ready", evidence, verdict);
}

function passed(share: number, verdict: Verdict, how = ""): Seen {
  return {
    event: "passed",
    message: `${share} % has passed${how}.`,
    data: { figures: verdict.figures },
  };
}

function failed(message: string, code: string, evidence: Outcome["evidence"], verdict?: Verdict): Seen {
  const outcome: Outcome = { code, cause: "release", message: `${message}. All traffic goes back.`, evidence };
  return { event: "failed", message: outcome.message, outcome, ...(verdict && { data: { figures: verdict.figures } }) };
}

/** Never shown: a step's bake has no time limit but its own. */
const unfinished: Outcome = {
  code: "bake_overdue",
  cause: "platform",
  message: "The step's bake did not end.",
  evidence: [],
};
