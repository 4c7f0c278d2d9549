import assert from "node:assert/strict";
import { readOperation } from "../../../automation/ledger/operations/read.ts";
import type { TenantPatch } from "../../../model/tenant.ts";
import type { Move } from "../../../model/layout.ts";
import { call, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("patches", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
  });
  after(() => harness.close());

  const ready = async (more: object = {}): Promise<string> => {
    const id = `patched-${++count}`;
    const { automation, ledger } = harness;
    await run(ledger, (await automation.tenants.create(production, tenant(id, more), call)).id);
    return id;
  };
  const get = (id: string) => harness.automation.tenants.get(production, id);
  const patch = (id: string, change: TenantPatch, revision = 1) =>
    harness.automation.tenants.patch(production, id, change, revision, call);
  const moveOf = async (id: string): Promise<Move> => (await harness.ledger.read((db) => readOperation(db, id)))!.move!;

  it("that change nothing start nothing", async () => {
    const id = await ready({ config: { a: "1" }, secrets: { key: "old" } });
    const same = { name: id.toUpperCase(), config: { a: "1", b: null }, secrets: { key: "old", gone: null } };
    assert.equal(await patch(id, same), null);
    assert.equal(await patch(id, {}), null);
    assert.equal((await get(id)).operation, undefined);
  });

  it("take the revision that was read", async () => {
    const id = await ready();
    await assert.rejects(patch(id, { name: "New" }, 2), { code: "revision_mismatch" });
  });

  it("of what no pod is given are applied in place, and show once they are", async () => {
    const id = await ready();
    const accepted = (await patch(id, { name: "New", hostnames: [`${id}.example.com`] }))!;
    assert.equal(accepted.kind, "configure");
    const move = await moveOf(accepted.id);
    assert.deepEqual([move.steps, move.target, move.revision], [[], "blue", 2]);
    assert.deepEqual(move.content, { release: "1.0.0", revision: 1, scale: "full" });
    assert.equal((await get(id)).revision, 1);
    await run(harness.ledger, accepted.id);
    const after = await get(id);
    assert.deepEqual([after.name, after.revision, after.live], ["New", 2, "blue"]);
    assert.equal(
      (await harness.automation.tenants.rollout(production, id, { release: "2.0.0" }, call)).kind,
      "rollout",
    );
  });

  it("of what pods are given go through the idle slot as a release does", async () => {
    for (const change of [
      { config: { a: "2" } },
      { flags: { beta: true } },
      { secrets: { key: "new" } },
      { tier: "large" as const },
    ]) {
      const id = await ready({ config: { a: "1" }, secrets: { key: "old" } });
      const accepted = (await patch(id, change))!;
      const move = await moveOf(accepted.id);
      assert.deepEqual([move.steps, move.target], [[10, 50, 100], "green"]);
      assert.deepEqual(move.content, { release: "1.0.0", revision: 2, scale: "full" });
      await run(harness.ledger, accepted.id);
      assert.equal((await get(id)).revision, 2);
    }
  });

  it("that go back leave the old revision, and the next one gets a new number", async () => {
    const id = await ready({ config: { a: "1" } });
    const accepted = (await patch(id, { config: { a: "2" } }))!;
    const baking = await run(harness.ledger, accepted.id, "baking");
    await happen(harness.ledger, baking, "failed");
    await harness.ledger.releaseLeasesOf("test");
    const ended = await run(harness.ledger, accepted.id);
    assert.equal(ended.operation.state, "rolled-back");
    const after = await get(id);
    assert.deepEqual([after.revision, after.config, after.live], [1, { a: "1" }, "blue"]);
    const next = (await patch(id, { config: { a: "3" } }))!;
    assert.equal((await moveOf(next.id)).revision, 3);
  });

  it("reserve host names from their acceptance on, and give back what isn't used in the end", async () => {
    const { automation, ledger } = harness;
    const taken = (hostname: string) =>
      automation.tenants.create(production, tenant(`taker-${++count}`, { hostnames: [hostname] }), call).then(
        () => false,
        (error: { code: string }) => error.code === "hostname_taken",
      );
    const id = await ready({ hostnames: ["old.example.org"] });
    const first = (await patch(id, { hostnames: ["new.example.org"] }))!;
    assert.deepEqual(await Promise.all([taken("old.example.org"), taken("new.example.org")]), [true, true]);
    await happen(ledger, (await ledger.claim(first.id, "test", 30))!, "abort");
    assert.deepEqual(await Promise.all([taken("old.example.org"), taken("new.example.org")]), [true, false]);

    const second = (await patch(id, { hostnames: ["newer.example.org"] }))!;
    await run(ledger, second.id);
    assert.deepEqual(await Promise.all([taken("old.example.org"), taken("newer.example.org")]), [false, true]);
    await assert.rejects(patch(id, { hostnames: ["new.example.org"] }, 3), { code: "hostname_taken" });
  });

  it("are undone by a rollback, but for the name and host names of today", async () => {
    const { automation, ledger } = harness;
    const id = await ready({ config: { a: "1" }, hostnames: [`${++count}.example.net`] });
    const kept = { release: "2.0.0", settling: "keep" as const };
    await run(ledger, (await automation.tenants.rollout(production, id, kept, call)).id);
    await run(ledger, (await patch(id, { name: "Today", hostnames: [] }))!.id);
    const rollback = await automation.tenants.rollback(production, id, call);
    await run(ledger, rollback.id);
    const after = await get(id);
    assert.deepEqual([after.release, after.name, after.hostnames, after.config], ["1.0.0", "Today", [], { a: "1" }]);
  });
});
