import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { readTenantDataOutputs } from "../../../model/tenantData.ts";
import type { PlatformOutputs } from "../../../model/platform.ts";
import { tiers } from "../../../model/tenant.ts";
import { firstCluster, type DataSpec } from "../../../tenant/data/spec.ts";
import { defaultTierData } from "../../../tenant/plan/data/tiers.ts";
import { runDataProgram, type Made } from "./program.ts";
import {
  adoptedBucket,
  adoptedDatabase,
  dataSpecOf,
  fargate,
  ownCluster,
  platformOf,
  sharedDatabase,
} from "./specs.ts";

const update = process.env["UPDATE_SNAPSHOTS"] === "1";

/** Everything that a stack makes, readable: policies as YAML rather than as JSON in a string. */
function snapshotOf(made: Map<string, Made>): string {
  const entries = [...made.values()]
    .filter(({ type }) => !type.startsWith("pulumi:pulumi:"))
    .map(({ type, name, protect, retainOnDelete, inputs, secret }) => {
      const shown = Object.entries(inputs).map(([key, value]) => [
        key,
        secret.includes(key) ? "<secret>" : opened(value),
      ]);
      const kept = protect && retainOnDelete ? { kept: true } : {};
      return [`${type}::${name}`, { ...kept, ...(Object.fromEntries(shown) as object) }] as const;
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return stringify(Object.fromEntries(entries), { lineWidth: 0, aliasDuplicateObjects: false });
}

function opened(value: unknown): unknown {
  return typeof value === "string" && /^[[{]"/.test(value) ? (JSON.parse(value) as unknown) : value;
}

/** What the default table gives a tier. */
function ofTier(tier: (typeof tiers)[number]): DataSpec {
  const { database, bucket } = defaultTierData[tier];
  if (database.kind === "schema") throw new Error("The default table has no shared cluster.");
  const held = database.kind === "cluster" ? { kind: database.kind, size: database, held: firstCluster } : database;
  return dataSpecOf({ database: held, bucket });
}

const snapshots: Record<string, [DataSpec, PlatformOutputs]> = {
  ...Object.fromEntries(tiers.map((tier) => [tier, [ofTier(tier), platformOf()]])),
  schema: [dataSpecOf({ database: sharedDatabase }), platformOf()],
  "medium-on-fargate": [ofTier("medium"), fargate()],
  "adopted-database": [dataSpecOf({ database: adoptedDatabase() }), platformOf()],
  "adopted-bucket": [dataSpecOf({ bucket: adoptedBucket() }), platformOf()],
  "adopted-both": [dataSpecOf({ database: adoptedDatabase(), bucket: adoptedBucket() }), platformOf()],
  "nothing-but-a-role": [dataSpecOf({ database: { kind: "none" }, bucket: null, parameters: {} }), fargate()],
};

describe("tenant/data/program", function () {
  this.timeout(60_000);

  for (const [name, [spec, platform]] of Object.entries(snapshots)) {
    it(`makes of ${name} what its snapshot shows (UPDATE_SNAPSHOTS=1 writes it)`, async () => {
      const { made, outputs } = await runDataProgram(spec, platform);
      const path = join(import.meta.dirname, "snapshots", `${name}.yaml`);
      const text = `# Output data\n${stringify({ data: outputs["data"] })}# Resources\n${snapshotOf(made)}`;
      if (update) writeFileSync(path, text);
      assert.ok(existsSync(path), path);
      assert.equal(text, readFileSync(path, "utf8"));
      // As a stack reference reads it: only JSON comes through.
      assert.deepEqual(readTenantDataOutputs(JSON.parse(JSON.stringify(outputs["data"]))), outputs["data"]);
    });
  }

  it("reads the platform by the stack that it is told, or from outputs that it is given", async () => {
    assert.deepEqual((await runDataProgram(dataSpecOf())).referred, ["organization/platform/production"]);
    const given = await runDataProgram(dataSpecOf({ platform: platformOf() }));
    assert.deepEqual(given.referred, []);
    assert.ok(given.made.has("aws:rds/cluster:Cluster::database-1"));
  });

  it("makes nothing where the platform's outputs are not what they should be", async () => {
    const platform = { ...platformOf(), account: "mine" };
    await assert.rejects(runDataProgram(dataSpecOf(), platform), /account: /);
  });

  it("who may make users in its own cluster is a secret, and what others read is none", async () => {
    const { secretOutputs } = await runDataProgram(dataSpecOf());
    assert.deepEqual([...secretOutputs], ["admin"]);
  });

  describe("a restore", () => {
    const snapshot = "arn:aws:rds:eu-central-1:123456789012:cluster-snapshot:before";
    const restoring = { cluster: 1, clusters: [{ generation: 1 }, { generation: 2, restoredFrom: { snapshot } }] };

    it("makes the new cluster beside the one in use", async () => {
      const { made, outputs } = await runDataProgram(dataSpecOf({ database: ownCluster(restoring) }));
      const cluster = made.get("aws:rds/cluster:Cluster::database-2")!;
      assert.equal(cluster.inputs["snapshotIdentifier"], snapshot);
      assert.equal(cluster.inputs["clusterIdentifier"], "production-acme-2");
      assert.ok(made.has("aws:rds/clusterInstance:ClusterInstance::database-2-0"));
      const { database, clusters } = readTenantDataOutputs(outputs["data"]);
      assert.match(database!.host, /^production-acme-1\./);
      assert.deepEqual(
        clusters.map(({ identifier }) => identifier),
        ["production-acme-1", "production-acme-2"],
      );
    });

    it("is swapped in by config alone: both clusters stay as they are", async () => {
      const before = await runDataProgram(dataSpecOf({ database: ownCluster(restoring) }));
      const after = await runDataProgram(dataSpecOf({ database: ownCluster({ ...restoring, cluster: 2 }) }));
      assert.equal(snapshotOf(after.made), snapshotOf(before.made));
      assert.match(readTenantDataOutputs(after.outputs["data"]).database!.host, /^production-acme-2\./);
    });

    it("is confirmed by leaving the old one out, and says no more what it was made from", async () => {
      const confirmed = { cluster: 2, clusters: [{ generation: 2 }] };
      const { made } = await runDataProgram(dataSpecOf({ database: ownCluster(confirmed) }));
      assert.ok(!made.has("aws:rds/cluster:Cluster::database-1"));
      const { ignoreChanges } = made.get("aws:rds/cluster:Cluster::database-2")!;
      assert.deepEqual(ignoreChanges, ["snapshotIdentifier", "restoreToPointInTime"]);
    });

    it("lets the old one go by saying so first: only its protection goes, then it is left out with a last snapshot", async () => {
      const ending = { cluster: 2, clusters: [{ generation: 1, ends: true as const }, { generation: 2 }] };
      const { made } = await runDataProgram(dataSpecOf({ database: ownCluster(ending) }));
      const state = (generation: number) => {
        const { protect, retainOnDelete, inputs } = made.get(`aws:rds/cluster:Cluster::database-${generation}`)!;
        return [protect, retainOnDelete, inputs["deletionProtection"], inputs["skipFinalSnapshot"]];
      };
      assert.deepEqual(
        [state(1), state(2)],
        [
          [false, false, false, false],
          [true, true, true, false],
        ],
      );
    });

    it("to a moment, or to the last one there is", async () => {
      for (const [at, when] of [
        ["latest", { useLatestRestorableTime: true }],
        ["2026-11-28T03:00:00Z", { restoreToTime: "2026-11-28T03:00:00Z" }],
      ] as const) {
        const restoredFrom = { cluster: "production-acme-1", at };
        const held = { cluster: 1, clusters: [{ generation: 1 }, { generation: 2, restoredFrom }] };
        const { made } = await runDataProgram(dataSpecOf({ database: ownCluster(held) }));
        assert.deepEqual(made.get("aws:rds/cluster:Cluster::database-2")!.inputs["restoreToPointInTime"], {
          sourceClusterIdentifier: "production-acme-1",
          restoreType: "full-copy",
          ...when,
        });
      }
    });
  });
});
