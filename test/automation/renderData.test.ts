import assert from "node:assert/strict";
import { renderData } from "../../automation/renderData.ts";
import type { AdoptedData } from "../../model/adoptedData.ts";
import { tenantSettings, type Tier } from "../../model/tenant.ts";
import { dataSpec, firstCluster, type DataSpec } from "../../tenant/data/spec.ts";
import { defaultTierData, readDataTable } from "../../tenant/plan/data/tiers.ts";
import { dataSpecOf, ownCluster, sharedDatabase } from "../tenant/data/specs.ts";

const shared = sharedDatabase.shared;
const table = readDataTable({
  shared,
  tiers: { small: { database: { kind: "schema" }, bucket: null }, medium: defaultTierData.medium },
});
const site = { platform: "organization/platform/production", table };

function rendered(
  tier: Tier,
  last: DataSpec | null,
  secrets: Record<string, string> = {},
  clusters?: typeof firstCluster,
  adoptedData?: AdoptedData,
) {
  const settings = tenantSettings.parse({
    name: "Acme",
    tier,
    ring: 0,
    hostnames: [],
    config: {},
    flags: {},
    secrets,
    timeZone: "UTC",
    policy: {},
  });
  const tenant = {
    environment: "production",
    id: "acme",
    settings: new Map([[7, settings]]),
    ...(adoptedData && { adoptedData }),
  };
  return dataSpec.parse(renderData({ revision: 7 }, tenant, site, last, clusters));
}

describe("automation/renderData", () => {
  it("gives a new tenant what its tier says, and its secrets as parameters", () => {
    const spec = rendered("medium", null, { API_KEY: "hunter2hunter2" });
    assert.deepEqual(spec.database, { ...ownCluster(), size: defaultTierData.medium.database });
    assert.deepEqual([spec.bucket, spec.parameters], [{ oldVersionDays: 30 }, { API_KEY: "hunter2hunter2" }]);
    assert.equal(spec.protect, true);
    assert.deepEqual(rendered("small", null).database, { kind: "schema", shared });
  });

  it("is the same from what it made: nothing to do after a crash", () => {
    for (const tier of ["small", "medium", "large"] as const) {
      const spec = rendered(tier, null);
      assert.deepEqual(rendered(tier, spec), spec);
    }
  });

  it("changes a cluster's size with the tier", () => {
    const { database } = rendered("large", rendered("medium", null));
    assert.deepEqual(database, { kind: "cluster", size: defaultTierData.large.database, held: firstCluster });
  });

  const restored = {
    cluster: 2,
    clusters: [{ generation: 1 }, { generation: 2, restoredFrom: { snapshot: "before" } }],
  };
  it("keeps the clusters that a restore has made, whatever the tier", () => {
    const last = dataSpecOf({ database: ownCluster(restored) });
    for (const tier of ["small", "medium", "large"] as const) {
      const { database } = rendered(tier, last);
      assert.deepEqual(database.kind === "cluster" && database.held, restored);
    }
  });
  it("takes others from a restore alone", () => {
    const { database } = rendered("medium", rendered("medium", null), {}, restored);
    assert.deepEqual(database.kind === "cluster" && database.held, restored);
  });

  it("never takes a database or bucket away, nor changes its kind: no data moves by itself", () => {
    const medium = rendered("medium", null);
    const smaller = rendered("small", medium);
    assert.deepEqual([smaller.database, smaller.bucket], [medium.database, medium.bucket]);
    const small = rendered("small", null);
    assert.deepEqual(rendered("large", small).database, small.database);
  });
  it("gives a database to who had none", () => {
    assert.equal(rendered("medium", dataSpecOf({ database: { kind: "none" } })).database.kind, "cluster");
  });
  describe("of who has adopted what was there", () => {
    const database = { cluster: "shop-database", name: "shop", user: "shop_pods", admin: "postgres", version: "16.4" };
    const bucket = { name: "shop-files", key: null };
    const of = (tier: Tier, adoptedData: AdoptedData, last: DataSpec | null = null, clusters?: typeof firstCluster) =>
      rendered(tier, last, {}, clusters, adoptedData);
    const clusterOf = (spec: DataSpec) => {
      assert.ok(spec.database.kind === "cluster");
      return spec.database;
    };

    it("is that from the start, whatever the tier gives; its size is for what a restore makes", () => {
      for (const tier of ["small", "medium", "large"] as const) {
        const spec = of(tier, { database, bucket });
        const { held, names, size } = clusterOf(spec);
        assert.deepEqual(held, { cluster: 1, clusters: [{ generation: 1, adopted: "shop-database" }] });
        assert.deepEqual(names, { name: "shop", user: "shop_pods", admin: "postgres" });
        assert.deepEqual([size.kind, size.version], ["cluster", "16.4"]);
        assert.deepEqual(spec.bucket, { adopted: bucket });
        assert.deepEqual(of(tier, { database, bucket }, spec), spec);
      }
    });

    it("is by the tier as far as it was not adopted", () => {
      assert.deepEqual(of("medium", { bucket }).database, ownCluster());
      assert.deepEqual(of("medium", { database }).bucket, { oldVersionDays: 30 });
    });

    it("stays adopted with another tier", () => {
      const medium = of("medium", { database, bucket });
      const large = of("large", { database, bucket }, medium);
      assert.deepEqual(clusterOf(large).held, clusterOf(medium).held);
      assert.deepEqual([clusterOf(large).names, large.bucket], [clusterOf(medium).names, medium.bucket]);
      const small = of("small", { database, bucket }, medium);
      assert.deepEqual([small.database, small.bucket], [medium.database, medium.bucket]);
    });

    it("takes another cluster from a restore, and never goes back to the adopted one by itself", () => {
      const held = { cluster: 2, clusters: [{ generation: 2, restoredFrom: { snapshot: "teal-b1" } }] };
      const swapped = of("medium", { database, bucket }, of("medium", { database, bucket }), held);
      const later = of("large", { database, bucket }, swapped);
      assert.deepEqual([clusterOf(later).held, clusterOf(later).names?.admin], [held, "postgres"]);
    });

    it("has the later of two minor versions: RDS makes no cluster of a newer one's snapshot", () => {
      const version = (has: string) =>
        clusterOf(of("medium", { database: { ...database, version: has } })).size.version;
      assert.deepEqual(["17.2", "17.5", "17.10", "15.9"].map(version), ["17.5", "17.5", "17.10", "15.9"]);
      const newer = of("medium", { database: { ...database, version: "17.10" } });
      assert.equal(clusterOf(of("large", {}, newer)).size.version, "17.10");
    });
  });

  it("leaves the major version of a cluster that is there to people", () => {
    const old = ownCluster();
    const last = dataSpecOf({ database: { ...old, size: { ...old.size, version: "16.9" } } });
    const { database } = rendered("medium", last);
    assert.equal(database.kind === "cluster" && database.size.version, "16.9");
  });
});
