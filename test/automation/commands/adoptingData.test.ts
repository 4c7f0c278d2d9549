import assert from "node:assert/strict";
import type { BucketThere, ClusterThere, DataThere } from "../../../automation/adopting/dataThere.ts";
import type { BackupProvider } from "../../../automation/backups/provider.ts";
import type { Outside } from "../../../automation/probes/outside.ts";
import { newAdoption, type NewAdoption } from "../../../model/adopting.ts";
import { call, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const cluster: ClusterThere = {
  engine: "aurora-postgresql",
  version: "17.5",
  status: "available",
  port: 5432,
  admin: "postgres",
  iam: false,
  key: "arn:aws:kms:eu-central-1:1:key/1",
  vpc: "vpc-1",
  securityGroups: ["sg-1"],
  instances: 1,
  tags: {},
};
const bucket: BucketThere = { versioned: true, key: null, closed: false, tags: {} };
const backups = { name: "aws", source: "data" } as BackupProvider;
const outside = (namespace: string): Outside => ({
  namespace,
  teals: false,
  whole: [`${namespace}.example.com`],
  workloads: [],
  routes: [],
  claims: [],
  elsewhere: [],
  adoptable: true,
});

describe("adopting a database and a bucket", () => {
  let harness: Harness;
  let there: { clusters: Record<string, ClusterThere>; buckets: Record<string, BucketThere> };
  const dataThere: DataThere = {
    cluster: async (name) => there.clusters[name] ?? null,
    bucket: async (name) => there.buckets[name] ?? null,
  };
  const open = async (more: object = {}) => {
    const found = { outside: async (namespace: string) => outside(namespace), last: async () => null };
    harness = await openHarness({ holdsData: true, backups, dataThere, found: found as never, ...more });
    await provisioned(harness);
  };
  beforeEach(() => {
    there = { clusters: { "shop-database": cluster }, buckets: { "shop-files": bucket } };
  });
  afterEach(() => harness.close());

  const adoption = (from: object = {}, namespace = "shop"): NewAdoption =>
    newAdoption.parse({ name: "Shop", release: "1.0.0", from: { namespace, ...from }, reason: "a test" });
  const whole = { database: { cluster: "shop-database", name: "shop" }, bucket: "shop-files" };
  const tenants = () => harness.automation.tenants;
  const adopts = (id: string) =>
    harness.ledger.read((db) =>
      db.selectFrom("tenants").select("adopted_data").where("id", "=", id).executeTakeFirst(),
    );

  it("previews what is there, what to do before, and writes nothing", async () => {
    await open();
    const { data, notes } = await tenants().previewAdoption(production, "shop", adoption(whole));
    assert.deepEqual(data!.bucket, { name: "shop-files", key: null, closed: false });
    const { sql, ...found } = data!.database!;
    assert.deepEqual(found, {
      cluster: "shop-database",
      name: "shop",
      user: "t_production_shop",
      version: "17.5",
      iam: false,
      key: cluster.key,
      vpc: "vpc-1",
      securityGroups: ["sg-1"],
    });
    assert.match(sql.join("\n"), /GRANT rds_iam TO "t_production_shop";/);
    assert.ok(notes.some((note) => note.includes("IAM authentication is off")));
    assert.ok(notes.some((note) => note.includes("Public access")));
    assert.deepEqual(harness.previewed.at(-1)!.tenant.adoptedData, {
      database: {
        cluster: "shop-database",
        name: "shop",
        user: "t_production_shop",
        admin: "postgres",
        version: "17.5",
      },
      bucket: { name: "shop-files", key: null },
    });
    assert.equal(await adopts("shop"), undefined);
  });

  it("says nothing of data to who asks for none", async () => {
    await open();
    assert.equal((await tenants().previewAdoption(production, "shop", adoption())).data, undefined);
    await tenants().adopt(production, "shop", adoption(), call);
    assert.equal((await adopts("shop"))!.adopted_data, null);
  });

  it("has the provision bring it to the tenant, as workers and later previews see it", async () => {
    await open();
    const { id } = await tenants().adopt(production, "shop", adoption(whole), call);
    const claim = await run(harness.ledger, id, "deploying");
    const { adoptedData: seen } = await harness.ledger.tenantForWork(claim.operation, {
      revision: 1,
      slots: { blue: null, green: null },
    } as never);
    assert.deepEqual([seen?.database?.user, seen?.bucket?.name], ["t_production_shop", "shop-files"]);
    await tenants().preview(production, "shop", { tier: "large" });
    assert.deepEqual(harness.previewed.at(-1)!.tenant.adoptedData, seen);
  });

  it("is the same where what serves now is adopted in place, without a release", async () => {
    const led = {
      name: "shop",
      hostnames: ["shop.example.com"],
      createdAt: "2026-01-01T00:00:00.000Z",
      leadsTo: { service: "shop", port: 80 },
    };
    const found = { outside: async () => ({ ...outside("shop"), routes: [led] }), last: async () => null };
    await open({ found });
    const { release: _, ...inPlace } = adoption(whole);
    const { data, adopts: service, notes } = await tenants().previewAdoption(production, "shop", inPlace);
    assert.deepEqual([data!.database!.user, service!.service], ["t_production_shop", "shop"]);
    assert.ok(notes.some((note) => note.includes("IAM authentication is off")));
    assert.equal(harness.previewed.at(-1)!.tenant.adoptedData!.bucket!.name, "shop-files");
    await tenants().adopt(production, "shop", inPlace, call);
    assert.equal((await adopts("shop"))!.adopted_data!.database!.cluster, "shop-database");
    const refused = { code: "adopted_data_taken" };
    await assert.rejects(tenants().adopt("develop", "shop-two", inPlace, call), refused);
  });

  it("answers who repeats the call as the first time", async () => {
    await open();
    const repeated = { ...call, idempotency: { key: "once", route: "adopt", bodyHash: "same" } };
    const first = await tenants().adopt(production, "shop", adoption(whole), repeated);
    assert.equal((await tenants().adopt(production, "shop", adoption(whole), repeated)).id, first.id);
    await assert.rejects(tenants().adopt(production, "shop", adoption(whole), call), { code: "tenant_exists" });
  });

  it("refuses what another tenant has adopted, in whatever environment, until that one is gone", async () => {
    await open();
    const { id } = await tenants().adopt(production, "shop", adoption({ bucket: "shop-files" }), call);
    await harness.automation.releases.register("develop", release("1.0.0"), call);
    for (const [environment, other] of [
      [production, "shop-two"],
      ["develop", "shop"],
    ] as const) {
      const refused = { code: "adopted_data_taken", message: /tenant shop in production has the bucket/ };
      await assert.rejects(tenants().previewAdoption(environment, other, adoption(whole, "other")), refused);
    }
    await run(harness.ledger, id);
    const gone = await tenants().offboard(production, "shop", {}, call);
    await run(harness.ledger, gone.id);
    await tenants().adopt(production, "shop-two", adoption(whole, "other"), call);
    assert.equal((await adopts("shop-two"))!.adopted_data!.bucket!.name, "shop-files");
  });

  it("gives it to one of two who ask at the same moment", async () => {
    await open();
    const ids = ["one", "two", "three"];
    const asked = ids.map((id) => tenants().adopt(production, id, adoption({ bucket: "shop-files" }, id), call));
    const settled = await Promise.allSettled(asked);
    const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as { code: string }] : []));
    assert.deepEqual(
      refused.map(({ code }) => code),
      ["adopted_data_taken", "adopted_data_taken"],
    );
  });

  it("refuses what is not there or not fit, all of it at once, and makes no tenant", async () => {
    await open();
    there = { clusters: {}, buckets: { "shop-files": { ...bucket, versioned: false } } };
    const refused = { code: "adopted_data_unfit", message: /none in this region; bucket shop-files: no old versions/ };
    await assert.rejects(tenants().previewAdoption(production, "shop", adoption(whole)), refused);
    await assert.rejects(tenants().adopt(production, "shop", adoption(whole), call), refused);
    assert.equal(await adopts("shop"), undefined);
  });

  for (const [what, deps] of [
    ["anywhere but on AWS", { dataThere: null }],
    ["without a platform", { holdsData: false }],
  ] as const)
    it(`is not to be had ${what}`, async () => {
      await open(deps);
      const refused = { code: "adopted_data_unavailable" };
      await assert.rejects(tenants().previewAdoption(production, "shop", adoption(whole)), refused);
      await assert.rejects(tenants().adopt(production, "shop", adoption(whole), call), refused);
      await tenants().create(production, tenant("plain"), call);
    });

  it("takes only names that RDS, S3 and PostgreSQL have, and no wildcard into the rights of pods", () => {
    for (const from of [
      { database: { cluster: "Shop", name: "shop" } },
      { database: { cluster: "shop--two", name: "shop" } },
      { database: { cluster: "shop-", name: "shop" } },
      { database: { cluster: "shop", name: "shop", user: "*" } },
      { database: { cluster: "shop", name: 'sh"op' } },
      { bucket: "*" },
      { bucket: "Shop_files" },
    ])
      assert.throws(() => adoption(from), JSON.stringify(from));
    adoption({ database: { cluster: "a", name: "Shop_1" } });
  });
});
