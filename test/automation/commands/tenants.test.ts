import assert from "node:assert/strict";
import { tenantView } from "../../../model/views.ts";
import { because, call, happen, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("tenants", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
  });
  after(() => harness.close());

  it("are created and provisioned, and read as they are", async () => {
    const { automation, ledger } = harness;
    const wished = tenant("acme", { tier: "medium", hostnames: ["acme.example.com"], secrets: { key: "swordfish" } });
    const accepted = await automation.tenants.create(production, wished, { ...call, reason: "they paid" });
    assert.equal(accepted.kind, "provision");
    assert.equal(accepted.state, "queued");
    assert.equal(accepted.reason, "they paid");
    assert.equal(accepted.release, "1.0.0");
    const before = await automation.tenants.get(production, "acme");
    assert.equal(before.live, null);
    assert.equal(before.operation?.id, accepted.id);

    await run(ledger, accepted.id);
    const after = await automation.tenants.get(production, "acme");
    assert.deepEqual(tenantView.parse(after), after);
    assert.equal(after.live, "blue");
    assert.deepEqual(after.weights, { blue: 100, green: 0 });
    assert.equal(after.slots.blue?.image, "teal/app:1.0.0");
    assert.equal(after.stack, "organization/tenant/production.acme");
    assert.equal(after.namespace, "production-acme");
    assert.equal(after.operation, undefined);
    assert.deepEqual(after.secretNames, ["key"]);
    assert.ok(!JSON.stringify(after).includes("swordfish"));
  });

  it("keep their secrets out of the database in the clear", async () => {
    const { ledger } = harness;
    const rows = await ledger.read((db) => db.selectFrom("revisions").selectAll().execute());
    assert.ok(rows.length > 0);
    assert.ok(!rows.some((row) => JSON.stringify(row).includes("swordfish") || row.secrets.includes("swordfish")));
  });

  it("are refused where something is in the way, and then nothing of them stays", async () => {
    const { tenants, releases } = harness.automation;
    await releases.register(production, release("1.5.0"), call);
    await releases.withdraw(production, "1.5.0", because);
    const tries: [object, string][] = [
      [{ release: "9.9.9" }, "release_not_found"],
      [{ release: "1.5.0" }, "release_withdrawn"],
      [{ hostnames: ["free.example.com", "acme.example.com"] }, "hostname_taken"],
      [{ hostnames: ["acme.production.localhost"] }, "invalid_input"],
    ];
    for (const [more, code] of tries) {
      await assert.rejects(tenants.create(production, tenant("bolt", more), call), { code });
      await assert.rejects(tenants.get(production, "bolt"), { code: "tenant_not_found" });
    }
    await assert.rejects(tenants.create(production, tenant("acme"), call), { code: "tenant_exists" });
    await tenants.create(production, tenant("bolt", { hostnames: ["free.example.com"] }), call);
  });

  it("created at once with one id or one host name are there once", async () => {
    const { tenants } = harness.automation;
    const code = (error: unknown) => (error as { code: string }).code;
    const same = await Promise.all(
      Array.from({ length: 6 }, () => tenants.create(production, tenant("race"), call).then(() => "ok", code)),
    );
    assert.deepEqual(same.sort(), ["ok", ...Array<string>(5).fill("tenant_exists")].sort());
    const hostnames = ["one.example.com", "two.example.com"];
    const named = await Promise.all(
      Array.from({ length: 6 }, (_, i) => {
        const names = i % 2 ? hostnames : [...hostnames].reverse();
        return tenants.create(production, tenant(`named-${i}`, { hostnames: names }), call).then(() => "ok", code);
      }),
    );
    assert.deepEqual(named.sort(), [...Array<string>(5).fill("hostname_taken"), "ok"].sort());
  });

  it("have one operation at a time, named to whom comes second", async () => {
    const { automation, ledger } = harness;
    const { tenants } = automation;
    await run(ledger, (await tenants.create(production, tenant("busy"), call)).id);
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => tenants.rollout(production, "busy", { release: "2.0.0" }, call)),
    );
    const accepted = tries.filter((one) => one.status === "fulfilled");
    assert.equal(accepted.length, 1);
    const { id } = accepted[0]!.value;
    for (const one of tries.filter((other) => other.status === "rejected")) {
      assert.equal(one.reason.code, "tenant_busy");
      assert.deepEqual(one.reason.data, { operation: id, kind: "rollout" });
    }
    await assert.rejects(tenants.offboard(production, "busy", {}, call), { code: "tenant_busy" });
    await assert.rejects(tenants.patch(production, "busy", { name: "x" }, 1, call), { code: "tenant_busy" });
  });

  it("are gone once offboarded, and their id and host names can be given again", async () => {
    const { automation, ledger } = harness;
    const { tenants } = automation;
    const wished = tenant("gone", { hostnames: ["gone.example.com"] });
    await run(ledger, (await tenants.create(production, wished, call)).id);
    const { id } = await tenants.offboard(production, "gone", {}, call);
    const removing = await run(ledger, id, "removing");
    assert.equal((await tenants.get(production, "gone")).operation?.phase, "removing");
    await assert.rejects(tenants.create(production, wished, call), { code: "tenant_exists" });
    await assert.rejects(tenants.rollback(production, "gone", call), { code: "tenant_busy" });
    await happen(ledger, removing, "removed");
    await assert.rejects(tenants.get(production, "gone"), { code: "tenant_not_found" });
    assert.equal((await automation.operations.get(id)).state, "succeeded");
    const again = await tenants.create(production, wished, call);
    await run(ledger, again.id);
    assert.equal((await tenants.get(production, "gone")).live, "blue");
  });

  it("are provisioned anew by a rollout or a patch where provisioning failed", async () => {
    const { automation, ledger } = harness;
    const { tenants } = automation;
    const { id } = await tenants.create(production, tenant("failed"), call);
    const fail = async (operation: string) => {
      const { kind, state } = (await happen(ledger, await run(ledger, operation, "verifying"), "failed")).operation;
      assert.deepEqual([kind, state], ["provision", "failed"]);
    };
    await fail(id);
    await assert.rejects(tenants.rollback(production, "failed", call), { code: "nothing_to_roll_back_to" });
    await fail((await tenants.rollout(production, "failed", { release: "1.0.0" }, call)).id);
    await fail((await tenants.patch(production, "failed", { config: { a: "wrong" } }, 1, call))!.id);
    const preview = { release: "2.0.0", config: { a: "right" } };
    await tenants.preview(production, "failed", preview);
    assert.equal(harness.previewed.at(-1)?.layout.slots.blue?.release, "2.0.0");
    const last = (await tenants.patch(production, "failed", { config: { a: "right" } }, 1, call))!;
    await run(ledger, last.id);
    const after = await tenants.get(production, "failed");
    assert.deepEqual([after.release, after.live, after.revision, after.config], ["1.0.0", "blue", 3, { a: "right" }]);
  });
});
