import assert from "node:assert/strict";
import { adoptionView } from "../../../model/console/adoption.ts";
import { step } from "../../../model/machine/step.ts";
import { because, call, happen, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const ids = ["done", "gone", "held", "hurt", "idle", "move", "past", "wait"];

describe("a release's adoption", () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness();
    await provisioned(harness, ...ids.map((id) => tenant(id)));
    await harness.automation.releases.register(production, release("3.0.0"), call);
  });
  afterEach(() => harness.close());

  const rollout = async (id: string, more: object = {}) =>
    (await harness.automation.tenants.rollout(production, id, { release: "2.0.0", ...more }, call)).id;
  const adoption = async (version = "2.0.0", limit = 50) =>
    adoptionView.parse(await harness.automation.releases.adoption(production, version, limit));
  const outcome = { code: "release_not_ready", cause: "release" as const, message: "It crashes.", evidence: [] };

  it("counts every tenant once, by how it stands to the release", async () => {
    const { ledger } = harness;
    await run(ledger, await rollout("done"));
    await run(ledger, await rollout("past"));
    await run(ledger, await rollout("past", { release: "3.0.0" }));
    const claim = await run(ledger, await rollout("hurt"), "verifying");
    const change = step(claim.operation, "failed", new Date(), outcome)!;
    await ledger.advance(claim, { change, events: [], release: true });
    const hurt = (await run(ledger, claim.operation.id)).operation.id;
    const move = (await run(ledger, await rollout("move"), "shifting")).operation.id;
    const waiting = await rollout("wait", { gates: ["before-traffic"], approvalSeconds: 60 });
    await run(ledger, waiting, "awaiting-approval");
    const frozen = (await ledger.claim(await rollout("held"), "test", 60))!;
    const wakeAt = new Date(Date.now() + 3_600_000);
    const why = { code: "frozen", cause: "policy" as const, message: "Frozen.", evidence: [] };
    await ledger.advance(frozen, { outcome: why, events: [], release: true, wakeAt });
    await happen(ledger, await run(ledger, await rollout("gone"), "deploying"), "pause");

    const found = await adoption();
    assert.deepEqual([found.tenants, found.past, found.rest], [8, 1, 1]);
    assert.deepEqual(found.live, { count: 1, items: [{ tenant: "done" }] });
    assert.deepEqual(found.moving.items, [
      { tenant: "move", operation: move, kind: "rollout", phase: "shifting", step: { index: 0, of: 3, percent: 10 } },
    ]);
    assert.deepEqual(
      found.held.items.map(({ tenant: id, by }) => [id, by]),
      [
        ["gone", "pause"],
        ["held", "freeze"],
        ["wait", "approval"],
      ],
    );
    const [, held] = found.held.items;
    assert.equal(held?.message, "Frozen.");
    // By the database's clock, to which it is translated.
    assert.ok(Math.abs(Date.parse(held.until!) - wakeAt.getTime()) < 5000, `${held.until}`);
    assert.equal(found.held.items[2]?.until, (await harness.automation.operations.get(waiting)).approval?.expiresAt);
    assert.deepEqual(found.held.by.map(({ by, count }) => [by, count]).sort(), [
      ["approval", 1],
      ["freeze", 1],
      ["pause", 1],
    ]);
    const { at, ...failed } = found.failed.items[0]!;
    assert.deepEqual(failed, {
      tenant: "hurt",
      operation: hurt,
      kind: "rollout",
      phase: "rolled-back",
      cause: "release",
      code: outcome.code,
      message: outcome.message,
    });
    assert.ok(at);
    assert.deepEqual(found.failed.by, [{ cause: "release", code: outcome.code, count: 1 }]);
    const counted = [found.live, found.moving, found.held, found.failed].reduce((sum, { count }) => sum + count, 0);
    assert.equal(counted + found.past + found.rest, found.tenants);
  });

  it("is live, whatever else changes there, and lists as many as are asked for", async () => {
    await run(harness.ledger, (await harness.automation.tenants.scale(production, "idle", 3, because)).id, "verifying");
    const found = await adoption("1.0.0", 3);
    assert.deepEqual([found.live.count, found.live.items.length, found.moving.count], [8, 3, 0]);
    await assert.rejects(adoption("9"), { code: "release_not_found" });
    assert.equal((await adoption("3.0.0")).rest, 8);
  });
});
