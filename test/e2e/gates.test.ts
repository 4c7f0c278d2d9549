import assert from "node:assert/strict";
import { TestTeal, keepVisiting } from "./teal.ts";

describe("gates", function () {
  this.timeout(180_000);
  let teal: TestTeal;
  const both = { gates: ["before-traffic", "before-full"], steps: [20, 100] };

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await teal.release(version);
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0"))).state, "succeeded");
  });
  after(() => teal.stop());

  const atGate = (rollout: { id: string }, gate: string) =>
    teal.when(rollout, `the gate ${gate}`, (o) => o.approval?.gate === gate && o.outcome?.code === "approval_wanted");

  it("hold a rollout until somebody approves what it shows, also over a crash", async () => {
    const visits = keepVisiting(teal, "acme");
    const rollout = await teal.rollout("acme", "2.0.0", both);
    const first = await atGate(rollout, "before-traffic");
    assert.deepEqual(
      [first.state, first.phase, first.outcome?.code],
      ["waiting", "awaiting-approval", "approval_wanted"],
    );
    assert.deepEqual(
      first.approval!.steps.map(({ op, name }) => [op, name]),
      [["update", "route"]],
    );
    assert.deepEqual(await teal.split("acme", 20), { "1.0.0": 20 });

    const path = `/v1/operations/${rollout.id}/approve`;
    const other = await teal.call("POST", path, { plan: "0000000000000000", reason: "guessed" });
    assert.deepEqual([other.status, other.body["code"]], [409, "plan_changed"]);
    await teal.crash();
    await teal.start();
    await teal.accepted("POST", path, {
      plan: (await atGate(rollout, "before-traffic")).approval!.plan,
      reason: "fine",
    });

    const second = await atGate(rollout, "before-full");
    assert.deepEqual((await teal.tenant("acme")).weights, { blue: 80, green: 20 });
    await teal.accepted("POST", path, { plan: second.approval!.plan, reason: "fine, too" });
    assert.equal((await teal.ending(rollout)).state, "succeeded");
    const { failures } = await visits.stop();
    assert.deepEqual(failures, []);
  });

  it("send a rollout back that somebody rejects, or that nobody approves in time", async () => {
    const rejected = await teal.rollout("acme", "3.0.0", both);
    await atGate(rejected, "before-traffic");
    await teal.accepted("POST", `/v1/operations/${rejected.id}/reject`, { reason: "holidays" });
    const end = await teal.ending(rejected);
    assert.deepEqual([end.state, end.outcome?.code], ["rolled-back", "reject_requested"]);

    const expired = await teal.rollout("acme", "3.0.0", { ...both, approvalSeconds: 1 });
    const late = await teal.ending(expired);
    assert.deepEqual([late.state, late.outcome?.code], ["rolled-back", "approval_expired"]);
  });
});
