import { check, type Check } from "../../model/check.ts";
import { colors, type Color } from "../../model/color.ts";
import type { Weights } from "../../model/weights.ts";
import { isOfAlb } from "../../model/routing.ts";
import { runCheck, send, type CheckTarget } from "./checks.ts";
import { bothSince } from "./figures.ts";
import type { TrafficCounts, TrafficSource } from "./traffic.ts";

/** Enough for a color with 10 % to be left out of them once in eight times; then they are sent again. */
const requests = 20;
const atOnce = 5;

/** Whether requests go where the weights say; if not, `why` in one line. */
export interface Sample {
  shows: boolean;
  why: string;
}

export interface Sampled {
  namespace: string;
  weights: Weights;
  path: string;
  /** A color that the gateway's figures say nothing of. */
  silent?: Color;
}

/**
 * Sends requests to the tenant as anybody would, and sees by the gateway's own figures which colors answered, those of
 * customers among them. What they answer says nothing here: `path` is that of the health probe. A gateway without
 * figures is taken at its word; a load balancer, too, but pods have to answer.
 */
export async function sampleSplit(
  traffic: TrafficSource,
  target: Omit<CheckTarget, "preview">,
  { namespace, weights, path, silent }: Sampled,
): Promise<Sample> {
  const request: Check = check.parse({ path });
  if (target.routing === "alb-ingress") return await sampleAnswers(target, request);
  const before = await traffic.countsNow(namespace);
  if (before === null) return { shows: true, why: "" };
  for (let sent = 0; sent < requests; sent += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, () => runCheck({ ...target, preview: null }, request)));
  }
  const after = await traffic.countsNow(namespace);
  return judged(weights, bothSince(before, after ?? before), silent);
}

/** Which color answers can't be told from outside, but whether a pod does. */
async function sampleAnswers(target: Omit<CheckTarget, "preview">, request: Check): Promise<Sample> {
  const bad: string[] = [];
  for (let sent = 0; sent < requests; sent += atOnce) {
    const answers = Array.from({ length: atOnce }, () => send({ ...target, preview: null }, request));
    for (const ended of await Promise.allSettled(answers)) {
      if (ended.status === "rejected") bad.push((ended.reason as Error).message);
      else if (isOfAlb(ended.value)) bad.push(`the load balancer itself answered ${ended.value.status}`);
    }
  }
  return {
    shows: bad.length === 0,
    why: bad[0] ? `${bad.length} of ${requests} requests reached no pod: ${bad[0]}` : "",
  };
}

/** What answers since the move say of it. */
export function judged(weights: Weights, counts: TrafficCounts, silent?: Color): Sample {
  const total = counts.blue.requests + counts.green.requests;
  for (const color of colors.filter((one) => one !== silent)) {
    const { requests: answered } = counts[color];
    if (weights[color] === 0 && answered > 0)
      return { shows: false, why: `${color} still answered ${answered} of ${total} requests` };
    if (weights[color] > 0 && answered === 0)
      return { shows: false, why: `${color} answered none of ${total} requests` };
  }
  return { shows: true, why: "" };
}
