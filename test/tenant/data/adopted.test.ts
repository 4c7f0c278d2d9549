import assert from "node:assert/strict";
import { readTenantDataOutputs } from "../../../model/tenantData.ts";
import { dataSpec, type Clusters, type DataSpec } from "../../../tenant/data/spec.ts";
import { runDataProgram } from "./program.ts";
import { adoptedBucket, adoptedDatabase, dataSpecOf } from "./specs.ts";

const both = (changes: Partial<DataSpec> = {}) =>
  dataSpecOf({ database: adoptedDatabase(), bucket: adoptedBucket(), ...changes });
const told = async (spec: DataSpec) => {
  const run = await runDataProgram(dataSpec.parse(spec));
  return { ...run, data: readTenantDataOutputs(run.outputs["data"]), kinds: [...run.made.keys()] };
};

/** With what a restore of its backup made beside it. */
const restored = (cluster: number, ends = false): Clusters => ({
  cluster,
  clusters: [
    { generation: 1, adopted: "shop-database", ...(ends && { ends: true as const }) },
    { generation: 2, restoredFrom: { snapshot: "teal-b1" } },
  ],
});

describe("what was there before the tenant", function () {
  this.timeout(60_000);

  it("is read, and nothing of it is in the stack: nothing that could be changed, replaced or deleted", async () => {
    const { kinds, read, made } = await told(both());
    assert.deepEqual(
      read.map(({ token, inputs }) => [token, inputs["clusterIdentifier"] ?? inputs["bucket"]]).toSorted(),
      [
        ["aws:rds/getCluster:getCluster", "shop-database"],
        ["aws:s3/getBucket:getBucket", "shop-files"],
      ],
    );
    assert.deepEqual(
      kinds.filter((kind) => /aws:(s3|rds|ec2|vpc|cloudwatch)|random/.test(kind)),
      [],
    );
    // Named by nothing but the rights of the pods' role.
    const naming = [...made.values()].filter(({ inputs }) => /shop-(database|files)/i.test(JSON.stringify(inputs)));
    assert.deepEqual(
      naming.map(({ type }) => type),
      ["aws:iam/rolePolicy:RolePolicy"],
    );
  });

  it("is what pods are told of, at its own port and by its own names; and nobody is its admin", async () => {
    const { data, outputs } = await told(both());
    assert.equal(data.bucket, "shop-files");
    assert.deepEqual(data.database, {
      kind: "cluster",
      host: "shop-database.cluster-x.eu-central-1.rds.amazonaws.com",
      port: 5433,
      name: "shop",
      user: "shop_pods",
      adopted: true,
    });
    assert.deepEqual(
      data.clusters.map(({ identifier }) => identifier),
      ["shop-database"],
    );
    assert.ok(!("admin" in outputs));
  });

  it("is moved by a restore: a cluster of the tenant's own beside it, with its names and its master user", async () => {
    const { made, data, outputs } = await told(both({ database: adoptedDatabase("shop", restored(2)) }));
    const { inputs, protect } = made.get("aws:rds/cluster:Cluster::database-2")!;
    assert.ok(protect);
    assert.deepEqual(
      ["clusterIdentifier", "masterUsername", "snapshotIdentifier", "port"].map((name) => inputs[name]),
      ["production-acme-2", "postgres", "teal-b1", 5432],
    );
    assert.match(data.database!.host, /^production-acme-2\./);
    assert.deepEqual([data.database!.port, data.database!.name, data.database!.user], [5432, "shop", "shop_pods"]);
    assert.equal((outputs["admin"] as { user: string }).user, "postgres");
  });

  it("is no less the one in use while a restored one is made beside it", async () => {
    const { data, outputs } = await told(both({ database: adoptedDatabase("shop", restored(1)) }));
    assert.match(data.database!.host, /^shop-database\./);
    assert.ok(!("admin" in outputs));
  });

  it("is let go without a trace: saying so and leaving it out changes no resource but the role's rights", async () => {
    const steps = [restored(2), restored(2, true), { cluster: 2, clusters: restored(2).clusters.slice(1) }];
    const runs = [];
    for (const held of steps) runs.push(await told(both({ database: adoptedDatabase("shop", held) })));
    const [before, ending, after] = runs.map(({ made }) => new Map(made));
    assert.deepEqual(ending, before);
    const differing = [...before!].filter(([key, one]) => JSON.stringify(after!.get(key)) !== JSON.stringify(one));
    assert.deepEqual(
      differing.map(([key]) => key),
      ["aws:iam/rolePolicy:RolePolicy::role"],
    );
    assert.deepEqual([...after!.keys()], [...before!.keys()]);
  });

  for (const leaving of ["exported", "aborted"] as const)
    it(`is not even looked at by a tenant that is leaving (${leaving}): its owner may have removed it`, async () => {
      const { read, data } = await told(both({ leaving, protect: false }));
      assert.deepEqual([read, data.database, data.bucket, data.clusters], [[], null, null, []]);
    });
});
