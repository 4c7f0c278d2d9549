import assert from "node:assert/strict";
import fc from "fast-check";
import { adoptedIsLive } from "../../model/adopted.ts";
import { colors } from "../../model/color.ts";
import {
  closed,
  deployed,
  opened,
  promoted,
  provisioned,
  restored,
  settled,
  settlings,
  shifted,
  stopped,
  trafficBack,
  trafficOf,
  type Layout,
} from "../../model/layout.ts";
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

  describe("with a copy that is adopted", () => {
    const adopts = { namespace: "shop", service: "shop", port: 80, takes: ["shop.example.com"] };
    const first = provisioned({ ...move, before: null, target: "blue", content: null, adopts });
    const rollout = { ...move, before: first };
    const adopted = { color: "blue", namespace: "shop", service: "shop", port: 80 };

    it("begin with no slot, and all traffic there", () => {
      assert.deepEqual(
        [first.slots, first.weights],
        [
          { blue: null, green: null },
          { blue: 100, green: 0 },
        ],
      );
      assert.deepEqual(first.adopted, adopted);
      assert.ok(adoptedIsLive(first));
    });

    it("keep it until a rollout settles, whatever that is to do with the old slot, and go back to it", () => {
      const way = [deployed(rollout), ...move.steps.map((share) => shifted(rollout, share)), promoted(rollout)];
      for (const layout of [...way, trafficBack(rollout), restored(rollout)]) assert.deepEqual(layout.adopted, adopted);
      assert.ok(!adoptedIsLive(promoted(rollout)));
      assert.deepEqual(restored(rollout), first);
      for (const settling of settlings) {
        const layout = settled({ ...rollout, settling });
        assert.equal(layout.adopted, undefined);
        assert.deepEqual(layout.slots.blue?.release, settling === "match" ? "2" : undefined);
      }
      assert.equal(settled({ ...rollout, way: "recreate" }).adopted, undefined);
    });

    it("keep it through whatever leaves slots as they are", () => {
      const inPlace = { ...move, before: first, target: "blue" as const, content: null, steps: [] };
      const shut = stopped({ ...inPlace, serves: false });
      assert.deepEqual(shut, { ...first, suspended: "stopped" });
      const back = { ...inPlace, before: shut, serves: true };
      assert.deepEqual(opened(back), first);
      assert.deepEqual(deployed(inPlace), first);
    });
  });

  it("scale in place, over rollouts, and back to the tier", () => {
    const inPlace = { ...move, target: "blue" as const, content: before.slots.blue!, steps: [] };
    const scaled = deployed({ ...inPlace, replicas: 4 });
    assert.deepEqual(scaled, { ...before, replicas: 4 });
    assert.equal(settled({ ...move, before: scaled }).replicas, 4);
    assert.deepEqual(deployed({ ...inPlace, before: scaled, replicas: null }), before);
  });

  it("close, stop and open a tenant without a change of what its slots hold or of its weights", () => {
    const inPlace = { ...move, target: "blue" as const, content: before.slots.blue!, steps: [] };
    const suspend = { ...inPlace, serves: false };
    assert.deepEqual(closed(suspend), { ...before, suspended: "closed" });
    assert.deepEqual(stopped(suspend), { ...before, suspended: "stopped" });
    assert.deepEqual([trafficOf(before), trafficOf(stopped(suspend))], [before.weights, null]);
    assert.deepEqual(trafficBack(suspend), before);

    const unsuspend = { ...inPlace, before: stopped(suspend), serves: true };
    const preview = { color: "blue", token: move.token };
    assert.deepEqual(deployed(unsuspend), { ...before, suspended: "closed", preview });
    assert.deepEqual(opened(unsuspend), before);
    assert.deepEqual(trafficBack(unsuspend), { ...before, suspended: "closed" });
  });

  it("leave a suspended tenant suspended by what changes in place", () => {
    const inPlace = { ...move, target: "blue" as const, content: before.slots.blue!, steps: [], revision: 2 };
    const suspended: Layout = { ...before, suspended: "stopped" };
    assert.deepEqual(deployed({ ...inPlace, before: suspended }), { ...suspended, revision: 2 });
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
