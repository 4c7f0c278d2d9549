import assert from "node:assert/strict";
import fc from "fast-check";
import { WeightedChoice } from "../../../sandbox/gateway/weighted.ts";

describe("sandbox/gateway weighted choice", () => {
  it("is within one of the weights after any number of choices", () => {
    const weights = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 6 }).filter((w) => w.some((x) => x > 0));
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 400 }), (all, count) => {
        const choice = new WeightedChoice(all.map((weight, item) => ({ item, weight })));
        const total = all.reduce((sum, weight) => sum + weight, 0);
        const chosen = all.map(() => 0);
        for (let n = 1; n <= count; n += 1) {
          chosen[choice.next()!]! += 1;
          for (const [item, weight] of all.entries()) {
            const off = Math.abs(chosen[item]! - (n * weight) / total);
            assert.ok(off < 1, `item ${item} is ${off} off after ${n} choices among ${all.join(", ")}`);
            if (weight === 0) assert.equal(chosen[item], 0);
          }
        }
      }),
    );
  });

  it("has nothing to choose where nothing has weight", () => {
    assert.equal(new WeightedChoice([{ item: "a", weight: 0 }]).next(), undefined);
    assert.equal(new WeightedChoice([]).next(), undefined);
  });
});
