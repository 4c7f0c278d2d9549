import assert from "node:assert/strict";
import fc from "fast-check";
import type { Deployment, ReplicaSet } from "../../../sandbox/controllers/objects.ts";
import { boundsOf, rollingStep, share } from "../../../sandbox/controllers/rollout.ts";

const set = (replicas: number, available: number): ReplicaSet =>
  ({ spec: { replicas }, status: { replicas, availableReplicas: available } }) as ReplicaSet;

const deploymentOf = (replicas: number, maxSurge: number | string, maxUnavailable: number | string): Deployment =>
  ({
    spec: { replicas, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } } },
  }) as Deployment;

describe("rolling update", () => {
  it("reads shares as numbers or percentages, and always lets something move", () => {
    assert.equal(share("25%", 10, Math.ceil), 3);
    assert.equal(share("25%", 10, Math.floor), 2);
    assert.deepEqual(boundsOf(deploymentOf(1, "25%", "25%")), { surge: 1, unavailable: 0 });
    assert.deepEqual(boundsOf(deploymentOf(4, 0, 0)), { surge: 0, unavailable: 1 });
  });

  it("adds before it takes away when nothing may be missing", () => {
    const [current, old] = [set(0, 0), set(2, 2)];
    const steps = rollingStep(deploymentOf(2, 1, 0), current, [old]);
    assert.deepEqual(
      steps.map(({ set, replicas }) => [set === current, replicas]),
      [[true, 1]],
    );
    assert.deepEqual(rollingStep(deploymentOf(2, 1, 0), set(1, 0), [old]), []);
    assert.deepEqual(
      rollingStep(deploymentOf(2, 1, 0), set(1, 1), [old]).map(({ replicas }) => replicas),
      [1],
    );
  });

  it("stays within its bounds whatever comes, and arrives once pods become available", () => {
    const share = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom("0%", "25%", "50%", "100%"));
    const olds = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        share,
        share,
        olds,
        fc.infiniteStream(fc.nat(3)),
        (desired, surge, missing, sizes, luck) => {
          const deployment = deploymentOf(desired, surge, missing);
          const bounds = boundsOf(deployment);
          const started = sizes.reduce((sum, size) => sum + size, 0);
          const current = set(0, 0);
          const old = sizes.map((size) => set(size, size));
          const total = (of: (item: ReplicaSet) => number): number =>
            [current, ...old].reduce((sum, item) => sum + of(item), 0);
          for (let turn = 0; turn < 400; turn++) {
            const before = total((item) => item.status.availableReplicas ?? 0);
            for (const { set: item, replicas } of rollingStep(
              deployment,
              current,
              old.filter((item) => item.spec.replicas > 0),
            )) {
              item.spec.replicas = replicas;
              item.status.availableReplicas = Math.min(item.status.availableReplicas ?? 0, replicas);
            }
            const available = total((item) => item.status.availableReplicas ?? 0);
            assert.ok(available >= Math.min(before, desired - bounds.unavailable), "too few available");
            assert.ok(total((item) => item.spec.replicas) <= Math.max(started, desired + bounds.surge), "too many");
            if (luck.next().value === 0 || turn > 200) {
              const grown = Math.min(current.spec.replicas, (current.status.availableReplicas ?? 0) + 1);
              current.status.availableReplicas = grown;
            }
          }
          assert.equal(current.spec.replicas, desired);
          assert.ok(old.every((item) => item.spec.replicas === 0));
        },
      ),
      { numRuns: 60 },
    );
  });
});
