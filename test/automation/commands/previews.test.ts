import assert from "node:assert/strict";
import type { PreviewChange } from "../../../automation/automation.ts";
import { call, openHarness, provisioned, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("previews", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
    const wished = tenant("acme", { config: { a: "1" }, secrets: { key: "old" }, hostnames: ["acme.example.com"] });
    await provisioned(harness, wished);
  });
  after(() => harness.close());

  const preview = async (id: string, change: PreviewChange) => {
    await harness.automation.tenants.preview(production, id, change);
    return harness.previewed.at(-1)!;
  };

  it("show what creating a tenant would make, before there is one", async () => {
    const { tenant: planned, layout } = await preview("bolt", { newTenant: tenant("bolt", { secrets: { k: "v" } }) });
    assert.deepEqual(layout.slots, { blue: { release: "1.0.0", revision: 1, scale: "full" }, green: null });
    assert.deepEqual(planned.settings.get(1)?.secrets, { k: "v" });
    assert.equal(planned.releases.get("1.0.0")?.image, "teal/app:1.0.0");
  });

  it("show a release or settings in the idle slot, and both together", async () => {
    const one = await preview("acme", { release: "2.0.0" });
    assert.deepEqual(one.layout.slots.green, { release: "2.0.0", revision: 1, scale: "full" });
    const two = await preview("acme", { config: { a: "2" }, secrets: { key: "new" } });
    assert.deepEqual(two.layout.slots.green, { release: "1.0.0", revision: 2, scale: "full" });
    assert.deepEqual(two.tenant.settings.get(2)?.secrets, { key: "new" });
    assert.deepEqual(two.tenant.settings.get(1)?.secrets, { key: "old" });
    const both = await preview("acme", { release: "2.0.0", config: { a: "2" } });
    assert.deepEqual(both.layout.slots.green, { release: "2.0.0", revision: 2, scale: "full" });
    assert.ok(both.tenant.releases.has("1.0.0") && both.tenant.releases.has("2.0.0"));
  });

  it("show what is there where nothing would change, and host names in place", async () => {
    const nothing = await preview("acme", { release: "1.0.0", config: { a: "1" } });
    assert.deepEqual([nothing.layout.slots.green, nothing.layout.revision], [null, 1]);
    const names = await preview("acme", { hostnames: [] });
    assert.deepEqual([names.layout.slots.green, names.layout.revision], [null, 2]);
    assert.deepEqual(names.tenant.settings.get(2)?.hostnames, []);
  });

  it("are refused as the change itself would be", async () => {
    const tries: [string, PreviewChange, string][] = [
      ["nobody", { release: "2.0.0" }, "tenant_not_found"],
      ["acme", { newTenant: tenant("acme") }, "tenant_exists"],
      ["acme", { release: "9.9.9" }, "release_not_found"],
      ["bolt", { newTenant: tenant("bolt", { hostnames: ["acme.example.com"] }) }, "hostname_taken"],
      ["acme", { hostnames: ["x.production.localhost"] }, "invalid_input"],
    ];
    for (const [id, change, code] of tries) {
      await assert.rejects(harness.automation.tenants.preview(production, id, change), { code });
    }
  });

  it("write nothing", async () => {
    const { automation, ledger } = harness;
    const before = await automation.events.list({}, 0, 1000);
    await preview("acme", { release: "2.0.0", config: { a: "9" }, hostnames: ["other.example.com"] });
    assert.deepEqual(await automation.events.list({}, 0, 1000), before);
    const rows = await ledger.read((db) => db.selectFrom("revisions").select("revision").execute());
    assert.equal(rows.length, 1);
    const named = tenant("bolt", { hostnames: ["other.example.com"] });
    assert.equal((await automation.tenants.create(production, named, call)).kind, "provision");
  });
});

describe("health", () => {
  it("tells which of ledger, queue and the rest answer", async () => {
    const harness = await openHarness({ health: async () => [{ name: "cluster", ok: false, problem: "away" }] });
    const health = await harness.automation.health();
    assert.deepEqual(health, [
      { name: "ledger", ok: true },
      { name: "queue", ok: true },
      { name: "cluster", ok: false, problem: "away" },
    ]);
    await harness.close();
  });
});
