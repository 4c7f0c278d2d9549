import assert from "node:assert/strict";
import fc from "fast-check";
import { analysisCheck, type AnalysisCheck } from "../../../model/analysis.ts";
import { checksOf, compare, type Sample } from "../../../automation/worker/analysis.ts";
import { measure } from "../../../automation/worker/measure.ts";
import type { Prometheus } from "../../../automation/probes/prometheus.ts";
import type { TrafficCount } from "../../../model/operation.ts";

const policy = { maxErrorRate: 0.05, minRequests: 20, analysis: [] as AnalysisCheck[] };
type Pair = readonly [number, number];

/** The verdict of the policy's own rule on `[requests, errors]` of both colors. */
async function byErrors(green: Pair, blue: Pair) {
  const count = ([requests, errors]: Pair): TrafficCount => ({ requests, errors });
  const counted = { green: count(green), blue: count(blue) };
  const prometheus: Prometheus = { require: () => undefined, query: async () => null };
  const sources = { prometheus, namespace: "production-acme", seconds: 10, counted };
  const measured = await Promise.all(checksOf(policy, true).map((check) => measure(sources, check)));
  return compare("green", measured, policy);
}

describe("analysis by error rate", () => {
  const cases = [
    { name: "too few requests say nothing", green: [19, 19], blue: [100, 0], verdict: "inconclusive" },
    { name: "no request at all says nothing", green: [0, 0], blue: [100, 0], verdict: "inconclusive" },
    { name: "no errors are good", green: [20, 0], blue: [100, 0], verdict: "good" },
    { name: "at the limit is good", green: [100, 5], blue: [100, 0], verdict: "good" },
    { name: "above the limit is bad", green: [100, 6], blue: [100, 0], verdict: "bad" },
    { name: "an outage that both share is not the release's", green: [100, 40], blue: [100, 60], verdict: "good" },
    { name: "worse than a bad old color is bad", green: [100, 80], blue: [100, 60], verdict: "bad" },
    { name: "an old color without traffic excuses nothing", green: [100, 6], blue: [0, 0], verdict: "bad" },
    { name: "nor does one with too little", green: [100, 6], blue: [19, 19], verdict: "bad" },
  ] as const;
  for (const { name, green, blue, verdict } of cases) {
    it(name, async () => {
      const result = await byErrors(green, blue);
      assert.equal(result.verdict, verdict);
      const [figure] = result.figures;
      assert.deepEqual([figure?.new.requests, figure?.old.requests], [green[0], blue[0]]);
      assert.deepEqual(result.evidence[0]?.figure, figure);
    });
  }

  it("shows both colors beside the limit and the sample sizes", async () => {
    const { evidence, figures } = await byErrors([100, 6], [50, 0]);
    assert.equal(
      evidence[0]?.text,
      "errors: new color (green: 6.0 % of 100 requests failed), old color (blue: 0.0 % of 50 requests failed); limit at most 5.0 %, or at most 1 times the old color's",
    );
    assert.deepEqual(figures[0], {
      check: "errors",
      metric: "error-rate",
      new: { color: "green", value: 0.06, requests: 100 },
      old: { color: "blue", value: 0, requests: 50 },
      limit: { max: 0.05, maxRatio: 1 },
      minRequests: 20,
      verdict: "bad",
    });
  });

  it("never calls a color without errors bad", async () => {
    const old = fc.nat().chain((requests) => fc.tuple(fc.constant(requests), fc.nat({ max: requests })));
    await fc.assert(
      fc.asyncProperty(old, fc.nat(), async (blue, requests) => {
        assert.notEqual((await byErrors([requests, 0], blue)).verdict, "bad");
      }),
    );
  });
});

describe("analysis by declared checks", () => {
  const of = (value: number | null, requests: number | null = 1000): Sample => ({ value, requests });
  const judged = (check: Omit<AnalysisCheck, "name">, green: Sample, blue: Sample = of(null, 0)) =>
    compare("green", [{ check: { name: "one", ...check }, samples: { green, blue } }], policy).figures[0]!.verdict;
  const query = { promql: "up" };

  const cases: [string, Omit<AnalysisCheck, "name">, Sample, Sample, string][] = [
    ["a max that is kept", { metric: "p95", max: 0.5 }, of(0.5), of(0.1), "good"],
    ["a max that is broken", { metric: "p95", max: 0.5 }, of(0.51), of(0.9), "bad"],
    ["a min that is kept", { metric: "success-rate", min: 0.99 }, of(0.99), of(1), "good"],
    ["a min that is broken", { metric: "success-rate", min: 0.99 }, of(0.98), of(0), "bad"],
    ["a ratio that is kept", { metric: "p99", maxRatio: 1.5 }, of(0.15), of(0.1), "good"],
    ["a ratio that is broken", { metric: "p99", maxRatio: 1.5 }, of(0.16), of(0.1), "bad"],
    ["a ratio to nothing", { metric: "p99", maxRatio: 1.5 }, of(0.16), of(0.1, 99), "too-few"],
    [
      "slower than the limit, but no slower than the old",
      { metric: "p95", max: 0.5, maxRatio: 1.2 },
      of(0.9),
      of(0.8),
      "good",
    ],
    ["slower than both", { metric: "p95", max: 0.5, maxRatio: 1.2 }, of(0.9), of(0.6), "bad"],
    ["p99 of fewer than a hundred", { metric: "p99", max: 0.5 }, of(0.9, 99), of(0.1), "too-few"],
    ["p99 of as many as the check wants", { metric: "p99", max: 0.5, minRequests: 50 }, of(0.9, 50), of(0.1), "bad"],
    ["a query without an answer", { metric: query, max: 1 }, of(null), of(1), "too-few"],
    ["a query where no requests are counted", { metric: query, max: 1 }, of(2, null), of(null, null), "bad"],
    ["a query within bounds", { metric: query, min: -1, max: 1 }, of(0, null), of(null, null), "good"],
  ];
  for (const [name, check, green, blue, verdict] of cases) {
    it(`${name}: ${verdict}`, () => assert.equal(judged(check, green, blue), verdict));
  }

  it("is bad by one bad figure, inconclusive by one that says nothing, good only by all", () => {
    const figure = (value: number | null) => ({
      check: { name: "one", metric: "p95" as const, max: 1 },
      samples: { green: of(value), blue: of(null) },
    });
    const verdict = (...values: (number | null)[]) => compare("green", values.map(figure), policy).verdict;
    assert.deepEqual([verdict(0, 2, null), verdict(0, null), verdict(0, 1)], ["bad", "inconclusive", "good"]);
    assert.equal(verdict(), "inconclusive");
  });

  it("leaves the errors to others where the gateway counts nothing", () => {
    const slow: AnalysisCheck = { name: "slow", metric: query, max: 1 };
    const names = (analysis: AnalysisCheck[], counts: boolean) =>
      checksOf({ ...policy, analysis }, counts).map(({ name }) => name);
    assert.deepEqual(names([slow], true), ["errors", "slow"]);
    assert.deepEqual(names([slow], false), ["slow"]);
    assert.deepEqual(names([], false), ["errors"]);
  });

  it("is never bad within its limit, never good beyond it, and no better by a higher figure", () => {
    const arbitrary = fc.record({
      max: fc.double({ min: 0, max: 60, noNaN: true }),
      ratio: fc.option(fc.double({ min: 0.1, max: 10, noNaN: true }), { nil: undefined }),
      young: fc.double({ min: 0, max: 60, noNaN: true }),
      more: fc.double({ min: 0, max: 60, noNaN: true }),
      old: fc.double({ min: 0, max: 60, noNaN: true }),
      requests: fc.nat({ max: 200 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ max, ratio, young, more, old, requests }) => {
        const check = { metric: "p95" as const, max, ...(ratio !== undefined && { maxRatio: ratio }) };
        const verdict = judged(check, of(young, requests), of(old, requests));
        if (requests < policy.minRequests) return assert.equal(verdict, "too-few");
        if (young <= max) assert.equal(verdict, "good");
        else assert.equal(verdict, ratio === undefined || young > old * ratio ? "bad" : "good");
        const higher = judged(check, of(young + more, requests), of(old, requests));
        assert.ok(verdict === "good" || higher === "bad");
      }),
    );
  });

  it("takes no check without a limit, with one that means nothing, or called like the policy's own", () => {
    const good = [
      { name: "slow", metric: "p95", max: 0.5, maxRatio: 1.2 },
      { name: "ok", metric: "success-rate", min: 0.99 },
      { name: "orders", metric: { promql: "up" }, min: 1 },
    ];
    for (const one of good) assert.ok(analysisCheck.safeParse(one).success, JSON.stringify(one));
    const wrong = [
      { name: "slow", metric: "p95" },
      { name: "slow", metric: "p95", min: 1 },
      { name: "slow", metric: "p95", max: 61 },
      { name: "rate", metric: "error-rate", max: 2 },
      { name: "rate", metric: "success-rate", max: 0.5 },
      { name: "rate", metric: "success-rate", min: 0.5, maxRatio: 1 },
      { name: "errors", metric: "p95", max: 1 },
      { name: "query", metric: { promql: "" }, max: 1 },
      { name: "Query", metric: "p99", max: 1 },
    ];
    for (const one of wrong) assert.equal(analysisCheck.safeParse(one).success, false, JSON.stringify(one));
  });
});
