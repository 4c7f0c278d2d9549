import assert from "node:assert/strict";
import { limitSeconds } from "../../model/machine/limits.ts";
import {
  defaultPolicy,
  effectivePolicy,
  newPolicy,
  newRollout,
  paces,
  policySchema,
  tenantPolicy,
} from "../../model/policy.ts";
import { completed, patched, tenantPatch, tenantSettings, type TenantSettings } from "../../model/tenant.ts";
import { accepted } from "./operations.ts";

const production = defaultPolicy("production");

describe("policies", () => {
  it("by default are what they take", () => {
    for (const pace of paces) assert.deepEqual(policySchema.parse(defaultPolicy(pace)), defaultPolicy(pace));
    assert.deepEqual(newPolicy.parse({}), {});
  });

  it("are the environment's, the tenant's over it, the rollout's over both, and nothing else of a rollout", () => {
    const tenant = tenantPolicy.parse({ bakeSeconds: 1, holdSeconds: 2, windows: [] });
    const wished = newRollout.parse({ release: "2", holdSeconds: 3, reason: "r", override: { reason: "now" } });
    const effective = effectivePolicy({ ...production, idleReplicas: 4 }, tenant, { ...wished, steps: undefined });
    assert.deepEqual(effective, { ...production, idleReplicas: 4, bakeSeconds: 1, holdSeconds: 3 });
    assert.deepEqual(effectivePolicy(production, {}), production);
  });

  it("have the gates of environment or tenant, and those that a rollout asks for besides", () => {
    const gated = { ...production, gates: ["before-full" as const] };
    const both = ["before-traffic", "before-full"];
    assert.deepEqual(effectivePolicy(gated, {}, { gates: [] }).gates, ["before-full"]);
    assert.deepEqual(effectivePolicy(gated, {}, { gates: ["before-traffic"] }).gates, both);
    assert.deepEqual(
      effectivePolicy(production, { gates: ["before-traffic"] }, { gates: ["before-full"] }).gates,
      both,
    );
    assert.deepEqual(effectivePolicy(gated, { gates: [] }).gates, []);
  });

  it("refuse what makes no sense, and what a tenant or rollout may not say", () => {
    const wrong = [
      { steps: [50, 10, 100] },
      { steps: [50] },
      { steps: [] },
      { bakeSeconds: -1 },
      { readySeconds: 0 },
      { maxErrorRate: 1.1 },
      { idleReplicas: 21 },
      { checks: [{ path: "no-slash" }] },
      { inconclusive: "shrug" },
      { analysis: [{ name: "slow", metric: "p95" }] },
      { analysis: Array(2).fill({ name: "slow", metric: "p95", max: 1 }) },
      { promoteFrom: "Not A Name" },
      { unknown: 1 },
    ];
    for (const one of wrong) assert.equal(newPolicy.safeParse(one).success, false, JSON.stringify(one));
    assert.equal(newPolicy.safeParse({ gates: ["after-lunch"] }).success, false);
    assert.equal(tenantPolicy.safeParse({ promoteFrom: "staging" }).success, false);
    for (const one of [{ windows: [] }, { promoteFrom: null }, { override: {} }]) {
      assert.equal(newRollout.safeParse({ release: "2", ...one }).success, false, JSON.stringify(one));
    }
  });

  it("limit each phase, and are patient with trouble", () => {
    const policy = {
      ...production,
      deploySeconds: 1,
      readySeconds: 2,
      shiftSeconds: 3,
      promoteSeconds: 4,
      settleSeconds: 5,
    };
    const limit = (phase: Parameters<typeof limitSeconds>[0]["phase"], trouble: boolean, rollBackSeconds = 700) =>
      limitSeconds({ ...accepted("rollout", { bakeSeconds: 50 }), phase }, { ...policy, rollBackSeconds }, trouble);
    const phases = [
      "deploying",
      "verifying",
      "shifting",
      "promoting",
      "settling",
      "rolling-back",
      "restoring",
      "baking",
    ] as const;
    assert.deepEqual(
      phases.map((phase) => limit(phase, false)),
      [1, 2, 3, 4, 5, 700, 700, 650],
    );
    assert.deepEqual(
      phases.map((phase) => limit(phase, true)),
      [600, 600, 600, 600, 600, 700, 700, 650],
    );
    assert.deepEqual([limit("removing", false), limit("queued", false)], [600, 600]);
  });
});

describe("a tenant's policy and time zone", () => {
  const settings: TenantSettings = tenantSettings.parse({ name: "Acme" });
  it("are empty and UTC, also in settings of before they were", () => {
    assert.deepEqual([settings.policy, settings.timeZone], [{}, "UTC"]);
    const { policy: _, timeZone: __, ...old } = settings;
    assert.deepEqual(completed(old), settings);
  });

  it("are merged field by field; null goes back to the environment's", () => {
    const one = patched(
      settings,
      tenantPatch.parse({ timeZone: "Asia/Tokyo", policy: { steps: [100], bakeSeconds: 7 } }),
    );
    assert.deepEqual([one.timeZone, one.policy], ["Asia/Tokyo", { steps: [100], bakeSeconds: 7 }]);
    const two = patched(one, tenantPatch.parse({ policy: { steps: null, holdSeconds: 1, settling: null } }));
    assert.deepEqual(two.policy, { bakeSeconds: 7, holdSeconds: 1 });
    assert.deepEqual(patched(two, {}), two);
    assert.equal(tenantPatch.safeParse({ policy: { promoteFrom: null } }).success, false);
    assert.equal(tenantPatch.safeParse({ policy: { steps: [10] } }).success, false);
  });
});
