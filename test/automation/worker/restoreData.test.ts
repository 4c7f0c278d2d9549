import assert from "node:assert/strict";
import type { BackupProvider, PointInTime, Restorable, SwapCluster } from "../../../automation/backups/provider.ts";
import type { DataUpResult } from "../../../automation/stacks/tasks.ts";
import type { Effects, Tenure } from "../../../automation/worker/effects.ts";
import { restoreData } from "../../../automation/worker/restoreData.ts";
import { defaultPolicy } from "../../../model/policy.ts";
import type { Layout } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { TenantDataOutputs } from "../../../model/tenantData.ts";
import type { Clusters, DataSpec } from "../../../tenant/data/spec.ts";
import { readDataTable } from "../../../tenant/plan/data/tiers.ts";
import { dataSpecOf } from "../../tenant/data/specs.ts";
import { tenant } from "../harness.ts";

const pointInTime: PointInTime = { at: "2026-11-28T11:45:00Z", cluster: "production-acme-1" };
const restorable: Restorable = {
  cluster: "production-acme-1",
  earliest: "2026-11-28T09:00:00Z",
  latest: "2026-11-28T12:55:00Z",
};
const operation = {
  id: "6f8f2f3e-55a1-4d0e-8f59-3f0f5f6f0c55",
  kind: "restore",
  environment: "production",
  tenant: "acme",
  move: { revision: 1, pointInTime },
} as unknown as Operation;

/** `killed`: the provider dies once after the cluster was swapped. */
function world(window: () => Restorable | null, killed = false) {
  let last: DataSpec = dataSpecOf();
  let dies = killed;
  const brought: PointInTime[] = [];
  const provider = {
    name: "aws",
    source: "data",
    restorable: async () => window(),
    restoreTo: async (_of: unknown, point: PointInTime, _signal: AbortSignal, swap: SwapCluster) => {
      await swap(point);
      if (dies) {
        dies = false;
        throw new Error("killed");
      }
      brought.push(point);
    },
  } as unknown as BackupProvider;
  const effects = {
    backups: provider,
    policy: defaultPolicy("demo"),
    ledger: {
      lookOf: async () => ({ layout: { revision: 1, data: true } as Layout }),
      tenantForWork: async () => ({
        environment: "production",
        id: "acme",
        settings: new Map([[1, tenant("acme", { tier: "medium" })]]),
        releases: new Map(),
      }),
    },
    stacks: {
      data: {
        last: async () => ({ spec: last, settled: true }),
        up: async (spec: DataSpec) => {
          last = spec;
          const data = { database: null } as unknown as TenantDataOutputs;
          return { opened: true, changes: {}, repaired: [], durationMs: 0, data, admin: null } satisfies DataUpResult;
        },
      },
    },
    site: { data: { platform: "organization/platform/production", table: readDataTable({}) } },
    outputs: { add: () => undefined },
  } as unknown as Effects;
  const tenure: Tenure = {
    permit: async () => undefined,
    tellRepaired: async () => undefined,
    tellClusters: async () => undefined,
  };
  const held = () => (last.database as { held: Clusters }).held;
  return { brought, held, restore: () => restoreData(effects, operation, tenure) };
}

describe("automation/worker/restoreData", () => {
  it("has a cluster of the moment made and taken into use, the one before kept", async () => {
    const { restore, held, brought } = world(() => restorable);
    const seen = await restore();
    assert.ok("event" in seen && seen.event === "restored");
    assert.deepEqual(seen.data, { pointInTime });
    const { at, cluster } = pointInTime;
    const made = { generation: 2, restoredFrom: { cluster, at }, restore: operation.id };
    assert.deepEqual(held(), { cluster: 2, clusters: [{ generation: 1 }, made] });
    assert.deepEqual(brought, [pointInTime]);
  });

  for (const [what, window] of [
    ["of too long ago by now", { ...restorable, earliest: "2026-11-28T11:45:01Z" }],
    ["of another cluster than the one in use", { ...restorable, cluster: "production-acme-2" }],
    ["of which nothing is kept", null],
  ] as const)
    it(`changes nothing for a moment ${what}`, async () => {
      const { restore, held, brought } = world(() => window);
      await assert.rejects(restore(), { code: "point_in_time_gone", data: { cause: "person", retriable: false } });
      assert.deepEqual([held().clusters.length, brought], [1, []]);
    });

  it("killed after the swap, goes on with the same cluster, whatever is kept of the other by then", async () => {
    let window: Restorable | null = restorable;
    const { restore, held, brought } = world(() => window, true);
    await assert.rejects(restore(), /killed/);
    window = { ...restorable, cluster: "production-acme-2" };
    await restore();
    assert.deepEqual([held().cluster, held().clusters.length, brought.length], [2, 2, 1]);
  });
});
