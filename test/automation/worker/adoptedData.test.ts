import assert from "node:assert/strict";
import { bringData } from "../../../automation/worker/data.ts";
import type { Effects, Tenure } from "../../../automation/worker/effects.ts";
import { clustersWith } from "../../../automation/worker/swap.ts";
import type { AdoptedData } from "../../../model/adoptedData.ts";
import type { Layout } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { DataSpec } from "../../../tenant/data/spec.ts";
import { readDataTable } from "../../../tenant/plan/data/tiers.ts";
import { runDataProgram } from "../../tenant/data/program.ts";
import { tenant } from "../harness.ts";

const adopts: AdoptedData = {
  database: { cluster: "shop-database", name: "shop", user: "shop_pods", admin: "postgres", version: "16.4" },
  bucket: { name: "shop-files", key: null },
};
const nothing = async () => undefined;
const tenure: Tenure = { permit: nothing, tellRepaired: nothing, tellClusters: nothing };
const operation = {
  id: "6f8f2f3e-55a1-4d0e-8f59-3f0f5f6f0c55",
  kind: "provision",
  environment: "production",
  tenant: "acme",
} as unknown as Operation;

/** The worker's own work around the program itself, which runs on mocks. */
describe("the stack of a tenant that adopted its data", function () {
  this.timeout(30_000);
  let last: DataSpec | null;
  let ensured: [name: string, admin: string | undefined][];
  beforeEach(() => {
    [last, ensured] = [null, []];
  });
  const bring = async (tier: string, clusters?: Parameters<typeof bringData>[4]) => {
    const effects = {
      ledger: {
        tenantForWork: async () => ({
          ...{ environment: "production", id: "acme", releases: new Map(), adoptedData: adopts },
          settings: new Map([[1, tenant("acme", { tier })]]),
        }),
      },
      stacks: {
        data: {
          last: async () => last && { spec: last, settled: true },
          up: async (spec: DataSpec) => {
            last = spec;
            const { outputs } = await runDataProgram(spec);
            return { opened: true, changes: {}, repaired: [], durationMs: 0, admin: null, ...outputs };
          },
        },
      },
      site: { data: { platform: "organization/platform/production", table: readDataTable({}) } },
      databases: {
        ensure: async ({ name }: { name: string }, admin: { user: string } | null) =>
          void ensured.push([name, admin?.user]),
      },
      outputs: { add: () => undefined },
    } as unknown as Effects;
    return bringData(effects, operation, { revision: 1, data: true } as Layout, tenure, clusters);
  };

  it("is brought up to read them, and no SQL is run in what is not Teal's", async () => {
    const { data } = (await bring("medium"))!;
    assert.deepEqual([data.database!.user, data.bucket, ensured], ["shop_pods", "shop-files", []]);
  });

  it("is as it was when brought up once more, as after a crash, and adopts with another tier, too", async () => {
    await bring("medium");
    const first = last;
    await bring("medium");
    assert.deepEqual(last, first);
    const { data } = (await bring("small"))!;
    assert.deepEqual(
      [data.clusters.map(({ identifier }) => identifier), data.bucket],
      [["shop-database"], "shop-files"],
    );
  });

  it("asks a cluster that a restore made whether database and user came with it, as the master user that it has", async () => {
    await bring("medium");
    assert.ok(last?.database.kind === "cluster");
    const { data } = (await bring("medium", clustersWith(last.database.held, operation.id, { snapshot: "teal-b1" })))!;
    assert.deepEqual(ensured, [["shop", "postgres"]]);
    assert.match(data.database!.host, /^production-acme-2\./);
  });
});
