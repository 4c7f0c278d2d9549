import { otherColor, type Color } from "../../model/color.ts";
import type { Evidence, TrafficCount } from "../../model/operation.ts";
import type { Policy } from "../../model/policy.ts";

/** What the colors' figures since the step began say of the new one. `inconclusive`: too few requests to say. */
export interface Verdict {
  verdict: "good" | "bad" | "inconclusive";
  evidence: Evidence[];
}

/**
 * Compares error rates since `baseline`. The new color is bad when it exceeds the policy's limit and is worse than the
 * old one: an outage that both share is not the release's fault, but the old must have enough requests to say so.
 */
export function compare(
  fresh: Color,
  baseline: Record<Color, TrafficCount>,
  counts: Record<Color, TrafficCount>,
  policy: Pick<Policy, "maxErrorRate" | "minRequests">,
): Verdict {
  const of = (color: Color) => since(baseline[color], counts[color]);
  const [young, old] = [of(fresh), of(otherColor(fresh))];
  const evidence: Evidence[] = [
    { source: "metric", text: `new color (${fresh}): ${describe(young)}; limit ${percent(policy.maxErrorRate)}` },
    { source: "metric", text: `old color (${otherColor(fresh)}): ${describe(old)}` },
  ];
  if (young.requests < policy.minRequests) return { verdict: "inconclusive", evidence };
  const tooMany = rate(young) > policy.maxErrorRate;
  const worse = old.requests < policy.minRequests || rate(young) > rate(old);
  return { verdict: tooMany && worse ? "bad" : "good", evidence };
}

/** A gateway that was restarted counts from zero again: then all it has counted is new. */
function since(before: TrafficCount, now: TrafficCount): TrafficCount {
  if (now.requests < before.requests || now.errors < before.errors) return now;
  return { requests: now.requests - before.requests, errors: now.errors - before.errors };
}

function rate({ requests, errors }: TrafficCount): number {
  return requests === 0 ? 0 : errors / requests;
}

function describe(count: TrafficCount): string {
  return `${count.errors} of ${count.requests} requests failed (${percent(rate(count))})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
