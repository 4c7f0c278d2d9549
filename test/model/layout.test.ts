import assert from "node:assert/strict";
import fc from "fast-check";
import { colors } from "../../model/color.ts";
import { deployed, promoted, provisioned, settled, shifted, trafficBack } from "../../model/layout.ts";
import { defaultPolicy } from "../../model/policy.ts";
import { weightsGiving, weightsSchema } from "../../model/weights.ts";
import { before, move } from "./operations.ts";

describe("layouts", () => {
  it("give a new tenant one slot with all traffic", () => {
    const layout = provisioned({ ...move, before: null, target: "blue" });
    assert.deepEqual(layout.weights, { blue: 100, green: 0 });
    assert.equal(layout.slots.green, null);
  });

  it("deploy to the idle slot without traffic, reachable by the preview rule", () => {
    const layout = deployed(move);
    assert.deepEqual(layout.weights, before.weights);
    assert.deepEqual(layout.slots, { blue: before.slots.blue, green: move.content });
    assert.deepEqual(layout.preview, { color: "green", token: move.token });
  });

  it("differ between two steps in nothing but the weights", () => {
    const { weights: _, ...ten } = shifted(move, 10);
    const { weights: __, ...hundred } = shifted(move, 100);
    assert.deepEqual(ten, hundred);
  });

  it("make the new slot live with background components and without a preview rule once all traffic has moved", () => {
    const layout = promoted(move);
    assert.deepEqual([layout.live, layout.background, layout.preview], ["green", "green", null]);
    assert.deepEqual(layout.slots.blue, before.slots.blue);
  });

  it("settle the old slot as the policy says", () => {
    assert.deepEqual(settled(move).slots.blue, { release: "2", revision: 1, scale: "idle" });
    const policy = { ...defaultPolicy("production"), idleReplicas: 2 };
    const matched = { release: "2", revision: 1, scale: "idle", idleReplicas: 2 };
    assert.deepEqual(settled({ ...move, policy }).slots.blue, matched);
    assert.deepEqual(settled({ ...move, settling: "keep" }).slots.blue, before.slots.blue);
    assert.equal(settled({ ...move, settling: "remove" }).slots.blue, null);
  });

  it("take all traffic back without touching a slot", () => {
    const layout = trafficBack(move);
    assert.deepEqual(layout.weights, before.weights);
    assert.deepEqual(layout.slots, deployed(move).slots);
  });
});

describe("weights", () => {
  it("always sum to 100", () => {
    fc.assert(
      fc.property(fc.constantFrom(...colors), fc.integer({ min: 0, max: 100 }), (color, share) => {
        const weights = weightsGiving(color, share);
        assert.equal(weights.blue + weights.green, 100);
        assert.equal(weights[color], share);
      }),
    );
  });

  it("are refused otherwise", () => {
    for (const wrong of [
      { blue: 50, green: 49 },
      { blue: 101, green: -1 },
      { blue: 0.5, green: 99.5 },
      { blue: 100 },
    ]) {
      assert.equal(weightsSchema.safeParse(wrong).success, false);
    }
  });
});
