import { errorsCheck, type AnalysisCheck, type Figure } from "../../model/analysis.ts";
import { otherColor, type Color } from "../../model/color.ts";
import type { Evidence } from "../../model/operation.ts";
import type { Policy } from "../../model/policy.ts";
import { figureText } from "./figureText.ts";

/** What was measured of one color since the step began. `value` null: nothing; `requests` null: the gateway doesn't say. */
export interface Sample {
  value: number | null;
  requests: number | null;
}

/** What the colors' figures since the step began say of the new one. `inconclusive`: too few requests to say. */
export interface Verdict {
  verdict: "good" | "bad" | "inconclusive";
  figures: Figure[];
  evidence: Evidence[];
}

type Rules = Pick<Policy, "maxErrorRate" | "minRequests" | "analysis">;

/**
 * All checks that a policy wants. The first is that of `maxErrorRate`: an outage that both colors share is not the
 * release's fault. Where the gateway gives no figures and others are declared, those decide alone.
 */
export function checksOf({ maxErrorRate, analysis }: Rules, gatewayCounts: boolean): AnalysisCheck[] {
  const errors: AnalysisCheck = { name: errorsCheck, metric: "error-rate", max: maxErrorRate, maxRatio: 1 };
  return gatewayCounts || analysis.length === 0 ? [errors, ...analysis] : analysis;
}

/** Compares what was measured with the limits. One bad figure is bad; one that says nothing makes it inconclusive. */
export function compare(
  fresh: Color,
  measured: readonly { check: AnalysisCheck; samples: Record<Color, Sample> }[],
  policy: Pick<Rules, "minRequests">,
): Verdict {
  const figures = measured.map(({ check, samples }) => judge(check, fresh, samples, policy));
  const has = (verdict: Figure["verdict"]) => figures.some((figure) => figure.verdict === verdict);
  return {
    verdict: has("bad") ? "bad" : has("too-few") || figures.length === 0 ? "inconclusive" : "good",
    figures,
    evidence: figures.map((figure) => ({ source: "metric", text: figureText(figure), figure })),
  };
}

/** Of fewer requests the slowest hundredth says nothing. */
const leastForP99 = 100;

function judge(
  { name, metric, max, min, maxRatio, minRequests: own }: AnalysisCheck,
  fresh: Color,
  samples: Record<Color, Sample>,
  policy: Pick<Rules, "minRequests">,
): Figure {
  const minRequests = own ?? (metric === "p99" ? Math.max(policy.minRequests, leastForP99) : policy.minRequests);
  const [young, old] = [samples[fresh], samples[otherColor(fresh)]];
  const limit = {
    ...(max !== undefined && { max }),
    ...(min !== undefined && { min }),
    ...(maxRatio !== undefined && { maxRatio }),
  };
  return {
    check: name,
    metric: typeof metric === "string" ? metric : "promql",
    new: { color: fresh, ...young },
    old: { color: otherColor(fresh), ...old },
    limit,
    minRequests,
    verdict: verdictOf(limit, known(young, minRequests), known(old, minRequests)),
  };
}

/** The value, if enough requests stand behind it. */
function known({ value, requests }: Sample, minRequests: number): number | null {
  return requests !== null && requests < minRequests ? null : value;
}

/**
 * With a limit and a ratio, a figure must break both to be bad: too many errors, and more than the old color has. An old
 * color that says nothing excuses nothing: then the limit decides alone.
 */
function verdictOf({ max, min, maxRatio }: Figure["limit"], young: number | null, old: number | null) {
  if (young === null) return "too-few";
  const limited = max !== undefined || min !== undefined;
  const breaksLimit = (max !== undefined && young > max) || (min !== undefined && young < min);
  if (maxRatio === undefined) return breaksLimit ? "bad" : "good";
  if (limited && !breaksLimit) return "good";
  if (old === null) return limited ? "bad" : "too-few";
  return young > old * maxRatio ? "bad" : "good";
}
