import assert from "node:assert/strict";
import { trafficOf, type Layout } from "../../../model/layout.ts";
import { because, call, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("restart, scale, suspend and unsuspend", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
  });
  after(() => harness.close());

  const ready = async (more: object = {}): Promise<string> => {
    const id = `living-${++count}`;
    const { automation, ledger } = harness;
    await run(ledger, (await automation.tenants.create(production, tenant(id, more), call)).id);
    return id;
  };
  const layoutOf = async (id: string): Promise<Layout> => {
    const query = harness.ledger.read((db) =>
      db.selectFrom("tenants").select("layout").where("id", "=", id).executeTakeFirstOrThrow(),
    );
    return (await query).layout!;
  };
  const get = (id: string) => harness.automation.tenants.get(production, id);
  /** The layout once the operation has ended. */
  const done = async (id: string, operation: Promise<{ id: string }>): Promise<Layout> => {
    await run(harness.ledger, (await operation).id);
    return layoutOf(id);
  };

  it("restart into the idle slot without gates, count up, and are rolled back to as any slot is", async () => {
    const { tenants } = harness.automation;
    const id = await ready({ policy: { gates: ["before-traffic"], settling: "keep" } });
    const once = await done(id, tenants.restart(production, id, because));
    const content = { release: "1.0.0", revision: 1, scale: "full" };
    assert.deepEqual([once.live, once.slots], ["green", { blue: content, green: { ...content, restarts: 1 } }]);
    const twice = await done(id, tenants.restart(production, id, because));
    assert.deepEqual([twice.live, twice.slots.blue], ["blue", { ...content, restarts: 2 }]);
    assert.equal((await get(id)).slots.blue?.restarts, 2);
    const { items } = await harness.automation.operations.list({ tenant: id }, { limit: 1 });
    assert.deepEqual([items[0]?.kind, items[0]?.reason], ["restart", "a test"]);
  });

  it("restart pods with the settings that they were given, not with a revision that no pod needs", async () => {
    const { tenants } = harness.automation;
    const id = await ready();
    await done(id, tenants.patch(production, id, { name: "New" }, 1, call) as Promise<{ id: string }>);
    const { revision, slots, live } = await done(id, tenants.restart(production, id, because));
    assert.deepEqual([revision, slots[live]?.revision, (await get(id)).revision], [2, 1, 2]);
  });

  it("restart not in a freeze; the others do", async () => {
    const { tenants, freezes } = harness.automation;
    const id = await ready();
    const to = new Date(Date.now() + 3_600_000).toISOString();
    const freeze = await freezes.declare(production, { to, reason: "Christmas" }, call);
    await assert.rejects(tenants.restart(production, id, because), { code: "frozen" });
    await done(id, tenants.scale(production, id, 2, because));
    await done(id, tenants.suspend(production, id, because));
    await done(id, tenants.unsuspend(production, id, because));
    await freezes.lift(production, freeze.id, call);
  });

  it("scale in place, over a rollout, and back to the tier", async () => {
    const { tenants, events } = harness.automation;
    const id = await ready();
    const operation = await tenants.scale(production, id, 5, because);
    const [event] = await events.list({ operation: operation.id }, 0, 1);
    assert.equal(event?.message, "alice asked for the scale to 5 web pods: a test");
    const scaled = await done(id, Promise.resolve(operation));
    assert.deepEqual([scaled.live, scaled.replicas, scaled.slots.green], ["blue", 5, null]);
    const rolled = await done(id, tenants.rollout(production, id, { release: "2.0.0" }, call));
    assert.deepEqual([rolled.live, rolled.replicas], ["green", 5]);
    assert.equal((await get(id)).replicas, 5);
    await done(id, tenants.scale(production, id, null, because));
    assert.equal((await get(id)).replicas, null);
  });

  it("bring an aborted scaling back to what it was", async () => {
    const { ledger, automation } = harness;
    const id = await ready();
    const { id: operation } = await automation.tenants.scale(production, id, 5, because);
    const claim = await run(ledger, operation, "verifying");
    assert.equal((await layoutOf(id)).replicas, 5);
    const back = await happen(ledger, claim, "abort");
    await ledger.advance(back, { events: [], release: true });
    await run(ledger, operation);
    assert.equal((await layoutOf(id)).replicas, undefined);
    assert.equal((await automation.operations.get(operation)).state, "rolled-back");
  });

  it("suspend a tenant, which then refuses what needs pods and takes what does not", async () => {
    const { tenants } = harness.automation;
    const id = await ready();
    const suspended = await done(id, tenants.suspend(production, id, because));
    assert.deepEqual([suspended.suspended, trafficOf(suspended), suspended.weights.blue], ["stopped", null, 100]);
    assert.equal((await get(id)).suspended, true);
    const needsPods: (() => Promise<unknown>)[] = [
      () => tenants.rollout(production, id, { release: "2.0.0" }, call),
      () => tenants.rollback(production, id, call),
      () => tenants.patch(production, id, { config: { a: "1" } }, 1, call),
      () => tenants.patch(production, id, { tier: "large" }, 1, call),
      () => tenants.preview(production, id, { release: "2.0.0" }),
      () => tenants.preview(production, id, { config: { a: "1" } }),
      () => tenants.restart(production, id, because),
      () => tenants.scale(production, id, 3, because),
      () => tenants.suspend(production, id, because),
    ];
    for (const call of needsPods) await assert.rejects(call, { code: "tenant_suspended" }, call.toString());
    assert.equal((await get(id)).revision, 1);
    await tenants.preview(production, id, { name: "New" });
    const named = await done(id, tenants.patch(production, id, { name: "New" }, 1, call) as Promise<{ id: string }>);
    assert.deepEqual([named.suspended, named.revision], ["stopped", 2]);
    const back = await done(id, tenants.unsuspend(production, id, because));
    assert.deepEqual([back.suspended, back.preview, back.revision], [undefined, null, 2]);
    await assert.rejects(tenants.unsuspend(production, id, because), { code: "not_suspended" });
    await done(id, tenants.suspend(production, id, because));
    await run(harness.ledger, (await tenants.offboard(production, id, {}, call)).id);
    await assert.rejects(get(id), { code: "tenant_not_found" });
  });

  it("let a suspension that could not stop the pods be tried again, or taken back", async () => {
    const { ledger, automation } = harness;
    for (const after of ["suspend", "unsuspend"] as const) {
      const id = await ready();
      const { id: operation } = await automation.tenants.suspend(production, id, because);
      await happen(ledger, await run(ledger, operation, "stopping"), "failed");
      assert.equal((await layoutOf(id)).suspended, "closed");
      await assert.rejects(automation.tenants.restart(production, id, because), { code: "tenant_suspended" });
      const { suspended } = await done(id, automation.tenants[after](production, id, because));
      assert.equal(suspended, after === "suspend" ? "stopped" : undefined);
    }
  });

  it("turn round what is under way by a rollback, until pods are being stopped", async () => {
    const { ledger, automation } = harness;
    const id = await ready();
    const { id: operation } = await automation.tenants.suspend(production, id, because);
    await assert.rejects(automation.tenants.unsuspend(production, id, because), { code: "tenant_busy" });
    const claim = await run(ledger, operation, "closing");
    assert.equal((await automation.tenants.rollback(production, id, call)).id, operation);
    await ledger.advance(claim, {
      events: [],
      release: true,
      clearRequest: (await ledger.reload(claim))!.operation.request!,
    });
    await run(ledger, operation, "stopping");
    await assert.rejects(automation.tenants.rollback(production, id, call), { code: "action_not_allowed" });
  });

  it("are refused where no release has ever run", async () => {
    const { ledger, automation } = harness;
    const id = `living-${++count}`;
    const { id: operation } = await automation.tenants.create(production, tenant(id), call);
    await happen(ledger, await run(ledger, operation, "verifying"), "failed");
    const { restart, scale, suspend, unsuspend } = automation.tenants;
    for (const one of [restart, suspend, unsuspend])
      await assert.rejects(one(production, id, because), { code: "not_provisioned" });
    await assert.rejects(scale(production, id, 2, because), { code: "not_provisioned" });
  });
});
