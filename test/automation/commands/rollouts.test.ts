import assert from "node:assert/strict";
import type { Operation } from "../../../model/operation.ts";
import { readOperation } from "../../../automation/ledger/operations/read.ts";
import { because, call, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("rollouts and rollbacks", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
  });
  after(() => harness.close());

  /** A tenant on release 1.0.0, and its id. */
  const ready = async (): Promise<string> => {
    const id = `moved-${++count}`;
    const { automation, ledger } = harness;
    await run(ledger, (await automation.tenants.create(production, tenant(id), call)).id);
    return id;
  };
  const read = async (id: string): Promise<Operation> =>
    (await harness.ledger.read((db) => readOperation(db, id))) as Operation;

  it("move to the other color, as wished and else as the policy says", async () => {
    const { automation, ledger } = harness;
    const id = await ready();
    const wished = { release: "2.0.0", steps: [50, 100], holdSeconds: 0, reason: "new" };
    const accepted = await automation.tenants.rollout(production, id, wished, call);
    assert.equal(accepted.reason, "new");
    const { move } = await read(accepted.id);
    assert.equal(move?.target, "green");
    assert.deepEqual(move.content, { release: "2.0.0", revision: 1, scale: "full" });
    assert.deepEqual([move.steps, move.bakeSeconds, move.holdSeconds, move.settling], [[50, 100], 5, 0, "match"]);
    assert.match(move.token, /^[0-9a-f]{32}$/);
    const baking = await run(ledger, accepted.id, "baking");
    const shown = await automation.operations.get(accepted.id);
    assert.deepEqual(shown.step, { index: 0, of: 2, percent: 50 });
    assert.deepEqual((await automation.tenants.get(production, id)).weights, { blue: 50, green: 50 });
    await finishFrom(baking.operation.id);
    const after = await automation.tenants.get(production, id);
    assert.deepEqual([after.live, after.release, after.slots.blue?.scale], ["green", "2.0.0", "idle"]);
    await assert.rejects(automation.tenants.rollout(production, id, { release: "2.0.0" }, call), {
      code: "already_live",
    });
  });

  it("go back by turning the rollout under way round, however often it is asked", async () => {
    const { automation, ledger } = harness;
    const id = await ready();
    const { id: operation } = await automation.tenants.rollout(production, id, { release: "2.0.0" }, call);
    const claim = await run(ledger, operation, "baking");
    const first = await automation.tenants.rollback(production, id, because);
    assert.equal(first.id, operation);
    assert.deepEqual((await ledger.reload(claim)).operation.request, { name: "rollback", ...because });
    await automation.tenants.rollback(production, id, call);
    await automation.operations.intervene(operation, "abort", because);
    const events = await automation.events.list({ operation }, 0, 100);
    assert.equal(events.filter((event) => event.type === "requested").length, 1);
    const back = await happen(ledger, await ledger.reload(claim), "rollback");
    assert.equal(back.operation.phase, "rolling-back");
    assert.equal((await automation.tenants.rollback(production, id, call)).phase, "rolling-back");
  });

  it("go back to the old slot where it still holds the old release", async () => {
    const { automation, ledger } = harness;
    const id = await ready();
    const kept = { release: "2.0.0", settling: "keep" as const };
    await run(ledger, (await automation.tenants.rollout(production, id, kept, call)).id);
    const rollback = await automation.tenants.rollback(production, id, call);
    assert.equal(rollback.kind, "rollback");
    const { move } = await read(rollback.id);
    assert.deepEqual(move?.content, { release: "1.0.0", revision: 1, scale: "full" });
    assert.deepEqual([move.target, move.steps, move.holdSeconds, move.settling], ["blue", [100], 0, "keep"]);
    assert.equal((await automation.tenants.rollback(production, id, call)).id, rollback.id);
    await run(ledger, rollback.id);
    const after = await automation.tenants.get(production, id);
    assert.deepEqual([after.live, after.release], ["blue", "1.0.0"]);
  });

  it("have nothing to go back to once the old slot matches, or is not there", async () => {
    const { automation, ledger } = harness;
    for (const settling of ["match", "remove"] as const) {
      const id = await ready();
      await assert.rejects(automation.tenants.rollback(production, id, call), { code: "nothing_to_roll_back_to" });
      const { id: operation } = await automation.tenants.rollout(production, id, { release: "2.0.0", settling }, call);
      await run(ledger, operation);
      await assert.rejects(automation.tenants.rollback(production, id, call), { code: "nothing_to_roll_back_to" });
    }
  });

  it("are refused once the old slot is being changed", async () => {
    const { automation, ledger } = harness;
    const id = await ready();
    const { id: operation } = await automation.tenants.rollout(production, id, { release: "2.0.0" }, call);
    await run(ledger, operation, "settling");
    await assert.rejects(automation.tenants.rollback(production, id, call), { code: "action_not_allowed" });
  });

  it("obey people: what is so already is granted, going back comes before pausing, the ended is left alone", async () => {
    const { automation, ledger } = harness;
    const { operations, tenants } = automation;
    const id = await ready();
    const { id: operation } = await tenants.rollout(production, id, { release: "2.0.0" }, call);
    const asked = () => read(operation).then(({ request }) => request?.name);
    await assert.rejects(operations.intervene(operation, "resume", because), { code: "action_not_allowed" });
    await assert.rejects(operations.intervene(operation, "approve", because), { code: "action_not_allowed" });
    await operations.intervene(operation, "pause", because);
    await operations.intervene(operation, "pause", because);
    assert.equal(await asked(), "pause");
    await operations.intervene(operation, "abort", because);
    assert.equal(await asked(), "abort");
    await assert.rejects(operations.intervene(operation, "pause", because), { code: "action_not_allowed" });
    await happen(ledger, (await ledger.claim(operation, "worker", 30))!, "abort");
    await assert.rejects(operations.intervene(operation, "abort", because), { code: "action_not_allowed" });
    await assert.rejects(operations.intervene("no-such-id", "abort", because), { code: "operation_not_found" });
  });

  it("are woken by what is asked of them while their worker was about to wait", async () => {
    const { automation, ledger, queue } = harness;
    const id = await ready();
    const { id: operation } = await automation.tenants.rollout(production, id, { release: "2.0.0" }, call);
    const claim = await run(ledger, operation, "holding");
    await automation.tenants.rollback(production, id, call);
    let heard = () => {};
    const woken = new Promise<void>((resolve) => (heard = resolve));
    const later = new Date(Date.now() + 3_600_000);
    await ledger.advance(claim, { events: [], release: true, wakeAt: later });
    const work = queue.work(async (one) => void (one === operation && heard()), { concurrency: 10 });
    await woken;
    await work.stop();
    assert.notEqual(await ledger.claim(operation, "worker", 30), null);
  });

  async function finishFrom(id: string): Promise<void> {
    await harness.ledger.releaseLeasesOf("test");
    await run(harness.ledger, id);
  }
});
