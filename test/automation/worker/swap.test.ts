import assert from "node:assert/strict";
import { whereabouts } from "../../../automation/aws/backups/whereabouts.ts";
import type { DataUpResult } from "../../../automation/stacks/tasks.ts";
import type { Effects, Tenure } from "../../../automation/worker/effects.ts";
import { clustersWith, swapCluster } from "../../../automation/worker/swap.ts";
import type { Layout } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { TenantDataOutputs } from "../../../model/tenantData.ts";
import { clusters, firstCluster, mostClusters, type Clusters, type DataSpec } from "../../../tenant/data/spec.ts";
import { bucketNameOf } from "../../../tenant/plan/data/names.ts";
import { readDataTable } from "../../../tenant/plan/data/tiers.ts";
import { adoptedBucket, adoptedDatabase, dataSpecOf, ownCluster, sharedDatabase } from "../../tenant/data/specs.ts";
import { tenant } from "../harness.ts";

const [first, second] = ["6f8f2f3e-55a1-4d0e-8f59-3f0f5f6f0c55", "7a0c2c1e-55a1-4d0e-8f59-3f0f5f6f0c55"];
const database = { kind: "cluster" as const, host: "acme.rds", port: 5432, name: "t_production_acme", user: "t" };

/** A tenant whose data stack was given `spec` last; all that is asked of it is written down. */
function world(spec: DataSpec | null, { crash = "" } = {}) {
  const asked: string[] = [];
  const given: DataSpec[] = [];
  let [last, left] = [spec, crash === "" ? 0 : 1];
  const ask = (what: string) => {
    asked.push(what);
    if (what === crash && left-- > 0) throw new Error(`killed at ${what}`);
  };
  const settings = new Map([3, 4].map((n) => [n, tenant("acme", { tier: "medium", secrets: { KEY: `secret-${n}` } })]));
  const effects = {
    ledger: {
      lookOf: async () => ({ layout: { revision: 3, data: true } as Layout }),
      tenantForWork: async () => ({ environment: "production", id: "acme", settings, releases: new Map() }),
    },
    stacks: {
      data: {
        last: async () => last && { spec: last, settled: true },
        up: async (wanted: DataSpec, { permit }: { permit(): Promise<void> }) => {
          await permit();
          last = wanted;
          given.push(wanted);
          ask("data");
          const told = { database } as TenantDataOutputs;
          return {
            opened: true,
            changes: {},
            repaired: ["a lock"],
            durationMs: 0,
            data: told,
            admin: null,
          } as DataUpResult;
        },
      },
    },
    site: { data: { platform: "organization/platform/production", table: readDataTable({}) } },
    databases: { ensure: async () => ask("database") },
    outputs: { add: () => undefined },
  } as unknown as Effects;
  const repaired: string[] = [];
  const told: Clusters[] = [];
  const tenure = (permit = async () => undefined): Tenure => ({
    permit,
    tellRepaired: async (lines) => void repaired.push(...lines),
    tellClusters: async (clusters) => void told.push(clusters),
  });
  const swap = (id: string, snapshot: string, permit?: () => Promise<undefined>) =>
    swapCluster(
      effects,
      { id, kind: "restore", environment: "production", tenant: "acme", move: { revision: 4 } } as unknown as Operation,
      tenure(permit),
      { snapshot },
    );
  const held = () => (last?.database as { held: Clusters }).held;
  return { asked, given, repaired, told, swap, held };
}

describe("automation/worker/swap", () => {
  it("has another cluster made from the snapshot and taken into use, the old one kept, with the newest settings", async () => {
    const { swap, held, given, asked, repaired, told } = world(dataSpecOf({ parameters: { KEY: "secret-3" } }));
    await swap(first!, "teal-b1");
    const made = { generation: 2, restoredFrom: { snapshot: "teal-b1" }, restore: first };
    assert.deepEqual(held(), { cluster: 2, clusters: [{ generation: 1 }, made] });
    assert.deepEqual(told, [held()]);
    assert.deepEqual(given[0]!.parameters, { KEY: "secret-4" });
    assert.equal(given[0]!.protect, true);
    assert.deepEqual([asked, repaired], [["data", "database"], ["a lock"]]);
  });

  it("moves an adopted database under Teal's hand: the cluster of another beside it, which stays", async () => {
    const { swap, held, given } = world(dataSpecOf({ database: adoptedDatabase(), bucket: adoptedBucket() }));
    await swap(first!, "teal-b1");
    const made = { generation: 2, restoredFrom: { snapshot: "teal-b1" }, restore: first };
    const adopted = { generation: 1, adopted: "shop-database" };
    assert.deepEqual(held(), { cluster: 2, clusters: [adopted, made] });
    const { database, bucket } = given[0]!;
    assert.deepEqual(database.kind === "cluster" && database.names, adoptedDatabase().names);
    assert.deepEqual(bucket, adoptedBucket());
  });

  for (const crash of ["data", "database"])
    it(`killed at ${crash}: goes on with the same cluster`, async () => {
      const { swap, given } = world(dataSpecOf(), { crash });
      await assert.rejects(swap(first!, "teal-b1"), /killed/);
      await swap(first!, "teal-b1");
      assert.equal(given.length, 2);
      assert.deepEqual(given[1], given[0]);
    });

  it("restores the same backup once more into yet another cluster: data has been written since", async () => {
    const { swap, held } = world(dataSpecOf());
    await swap(first!, "teal-b1");
    await swap(second!, "teal-b1");
    assert.deepEqual([held().cluster, held().clusters.length], [3, 3]);
  });

  it("does nothing for who has lost the operation", async () => {
    const { swap, given } = world(dataSpecOf());
    const lost = () => Promise.reject(new Error("lease_lost"));
    await assert.rejects(swap(first!, "teal-b1", lost), /lease_lost/);
    assert.deepEqual(given, []);
  });

  it("makes no more clusters than a tenant may have, and never reuses a generation", () => {
    let held: Clusters = firstCluster;
    for (let n = 1; n < mostClusters; n++)
      held = clusters.parse(clustersWith(held, `${n}${first!.slice(1)}`, { snapshot: "s" }));
    assert.throws(() => clustersWith(held, second!, { snapshot: "s" }), { code: "restores_unconfirmed" });
    const later = { cluster: 7, clusters: [{ generation: 7 }] };
    assert.equal(clustersWith(later, second!, { snapshot: "s" }).cluster, 8);
  });

  for (const [what, spec] of [
    ["no stack", null],
    ["no database", dataSpecOf({ database: { kind: "none" } })],
    ["a database in a shared cluster", dataSpecOf({ database: sharedDatabase })],
  ] as const)
    it(`refuses a tenant with ${what}`, async () => {
      const { swap, given } = world(spec);
      await assert.rejects(swap(first!, "teal-b1"), { code: "backup_failed" });
      assert.deepEqual(given, []);
    });

  describe("where data is", () => {
    const place = async () => ({ account: "123456789012", region: "eu-central-1" });
    const owner = { environment: "production", tenant: "acme" };
    const at = (spec: DataSpec | null) =>
      whereabouts({ last: async () => spec && { spec, settled: true } }, place, owner);
    const bucket = bucketNameOf(
      { environment: "production", id: "acme" },
      { account: "123456789012", region: "eu-central-1" },
    );

    it("is what its stack was given last: after a restore the new cluster", async () => {
      assert.deepEqual(await at(dataSpecOf()), { cluster: "production-acme-1", bucket, oldVersionDays: 30 });
      const held = clustersWith(firstCluster, first!, { snapshot: "teal-b1" });
      assert.deepEqual(await at(dataSpecOf({ database: ownCluster(held) })), {
        cluster: "production-acme-2",
        bucket,
        oldVersionDays: 30,
      });
      assert.deepEqual(await at(dataSpecOf({ database: { kind: "none" }, bucket: null })), {
        cluster: null,
        bucket: null,
      });
      assert.equal(await at(null), null);
    });
    it("is what was adopted, until a restore", async () => {
      const adopted = dataSpecOf({ database: adoptedDatabase(), bucket: adoptedBucket() });
      assert.deepEqual(await at(adopted), {
        cluster: "shop-database",
        bucket: "shop-files",
        adopted: ["cluster", "bucket"],
      });
      const held = clustersWith(adoptedDatabase().held, first!, { snapshot: "teal-b1" });
      const restored = dataSpecOf({ database: adoptedDatabase("shop", held), bucket: adoptedBucket() });
      assert.deepEqual(await at(restored), {
        cluster: "production-acme-2",
        bucket: "shop-files",
        adopted: ["bucket"],
      });
    });
    it("is not told of a database among others': a backup without it would pass for a whole one", async () => {
      await assert.rejects(at(dataSpecOf({ database: sharedDatabase })), { code: "backup_source_refused" });
    });
  });
});
