import assert from "node:assert/strict";
import fc from "fast-check";
import { compare } from "../../../automation/worker/analysis.ts";

const policy = { maxErrorRate: 0.05, minRequests: 20 };
const none = { requests: 0, errors: 0 };
const zero = { blue: none, green: none };

describe("analysis", () => {
  const cases = [
    { name: "too few requests say nothing", green: [19, 19], blue: [100, 0], verdict: "inconclusive" },
    { name: "no errors are good", green: [20, 0], blue: [100, 0], verdict: "good" },
    { name: "at the limit is good", green: [100, 5], blue: [100, 0], verdict: "good" },
    { name: "above the limit is bad", green: [100, 6], blue: [100, 0], verdict: "bad" },
    { name: "an outage that both share is not the release's", green: [100, 40], blue: [100, 60], verdict: "good" },
    { name: "worse than a bad old color is bad", green: [100, 80], blue: [100, 60], verdict: "bad" },
    { name: "an old color without traffic excuses nothing", green: [100, 6], blue: [0, 0], verdict: "bad" },
  ] as const;
  for (const { name, green, blue, verdict } of cases) {
    it(name, () => {
      const counts = {
        green: { requests: green[0], errors: green[1] },
        blue: { requests: blue[0], errors: blue[1] },
      };
      const result = compare("green", zero, counts, policy);
      assert.equal(result.verdict, verdict);
      assert.match(result.evidence[0]!.text, new RegExp(`${green[1]} of ${green[0]} requests failed`));
    });
  }

  it("counts from the baseline, and from zero after the gateway was restarted", () => {
    const baseline = { blue: none, green: { requests: 1000, errors: 900 } };
    const counts = (requests: number, errors: number) => ({ blue: none, green: { requests, errors } });
    assert.equal(compare("green", baseline, counts(1100, 900), policy).verdict, "good");
    assert.equal(compare("green", baseline, counts(100, 90), policy).verdict, "bad");
  });

  it("never calls a color without errors bad", () => {
    const count = fc.record({ requests: fc.nat(), errors: fc.nat() });
    fc.assert(
      fc.property(count, fc.nat(), (old, requests) => {
        const result = compare("green", zero, { blue: old, green: { requests, errors: 0 } }, policy);
        assert.notEqual(result.verdict, "bad");
      }),
    );
  });
});
