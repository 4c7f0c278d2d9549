import assert from "node:assert/strict";
import fc from "fast-check";
import { quantile, since } from "../../../automation/probes/figures.ts";

const bounds = [0.1, 0.5, 1, 5];
const count = (requests: number, ...cumulative: number[]) => ({
  requests,
  errors: 0,
  latency: cumulative.map((n, i): [number, number] => [bounds[i]!, n]),
});

describe("quantiles of a latency histogram", () => {
  it("lie between a bucket's bounds, in proportion", () => {
    assert.equal(quantile(0.5, count(100, 0, 100, 100, 100)), 0.1 + 0.4 * 0.5);
    assert.equal(quantile(0.95, count(100, 90, 90, 100, 100)), 0.75);
    assert.equal(quantile(0.9, count(100, 90, 90, 100, 100)), 0.1);
    assert.equal(quantile(0.5, count(4, 4, 4, 4, 4)), 0.05);
  });

  it("are the last bound beyond it, and nothing without requests or buckets", () => {
    assert.equal(quantile(0.99, count(100, 0, 0, 0, 50)), 5);
    assert.equal(quantile(0.99, count(0, 0, 0, 0, 0)), null);
    assert.equal(quantile(0.99, { requests: 10, errors: 0 }), null);
  });

  it("are within the bucket of the sample that they stand for, and rise with q", () => {
    const samples = fc.array(fc.double({ min: 0.001, max: 4.9, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(samples, fc.double({ min: 0.01, max: 1, noNaN: true }), (seconds, q) => {
        const sorted = [...seconds].sort((a, b) => a - b);
        const cumulative = bounds.map((bound) => sorted.filter((s) => s <= bound).length);
        const value = quantile(q, count(sorted.length, ...cumulative))!;
        const exact = sorted[Math.ceil(q * sorted.length) - 1]!;
        const upper = bounds.find((bound) => exact <= bound)!;
        const lower = bounds[bounds.indexOf(upper) - 1] ?? 0;
        assert.ok(value >= lower && value <= upper, `${value} of [${lower}, ${upper}]`);
        assert.ok(quantile(q / 2, count(sorted.length, ...cumulative))! <= value);
      }),
    );
  });
});

describe("counts of a step", () => {
  it("are those since it began", () => {
    const before = { ...count(100, 10, 20, 30, 100), errors: 7 };
    const now = { ...count(150, 15, 30, 45, 150), errors: 9 };
    assert.deepEqual(since(before, now), { ...count(50, 5, 10, 15, 50), errors: 2 });
  });

  it("are all there are after the gateway was restarted, or where it had no buckets before", () => {
    const now = { ...count(50, 5, 10, 15, 50), errors: 2 };
    assert.deepEqual(since({ ...count(100, 10, 20, 30, 100), errors: 7 }, now), now);
    assert.deepEqual(since({ requests: 0, errors: 0 }, now), now);
    assert.deepEqual(since({ requests: 40, errors: 1 }, { requests: 50, errors: 1 }), { requests: 10, errors: 0 });
  });
});
