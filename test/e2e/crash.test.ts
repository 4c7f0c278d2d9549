import assert from "node:assert/strict";
import type { OperationView } from "../../model/views.ts";
import { keepVisiting, TestTeal } from "./teal.ts";

/** Everything that an operation can have done twice, or left undone, shows in the order of its phases. */
async function phasesOf(teal: TestTeal, operation: OperationView): Promise<(string | null)[]> {
  const events = await teal.events(operation.id);
  return events.filter((e) => e.type === "phase").map((e) => e.phase);
}

describe("a crash", function () {
  this.timeout(180_000);
  let teal: TestTeal;

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await teal.release(version);
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0"))).state, "succeeded");
  });
  after(() => teal.stop());

  it("of server and worker in the middle of a provision loses nothing and does nothing twice", async () => {
    const visits = keepVisiting(teal, "acme");
    const provision = await teal.provision("globex", "1.0.0");
    await teal.when(provision, "its beginning", (o) => o.state === "running");
    await teal.crash();
    await teal.start();
    const end = await teal.ending(provision);
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    assert.deepEqual(await phasesOf(teal, provision), ["deploying", "verifying", "succeeded"]);
    assert.equal((await teal.visit("globex")).body.version, "1.0.0");
    assert.deepEqual((await visits.stop()).failures, []);
  });

  it("of server and worker in the middle of a shift fails no request, and the rollout ends well", async () => {
    const visits = keepVisiting(teal, "acme");
    const rollout = await teal.rollout("acme", "2.0.0", { steps: [30, 60, 100], bakeSeconds: 2 });
    await teal.when(rollout, "a shift", (o) => o.phase === "shifting" || (o.phase === "baking" && o.step?.index === 0));
    await teal.crash();
    const split = await teal.split("acme", 50);
    assert.equal(
      Object.values(split).reduce((a, b) => a + b),
      50,
    );
    await teal.start();
    const end = await teal.ending(rollout);
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    const { requests, failures } = await visits.stop();
    assert.deepEqual(failures, []);
    assert.ok(requests > 200);
    assert.deepEqual(await teal.split("acme", 20), { "2.0.0": 20 });
    const phases = await phasesOf(teal, rollout);
    assert.equal(phases.filter((phase) => phase === "baking").length, 3);
    assert.equal(phases.filter((phase) => phase === "succeeded").length, 1);
  });

  it("of everything in the middle of a shift ends well too", async () => {
    const rollout = await teal.rollout("acme", "3.0.0", { steps: [30, 60, 100], bakeSeconds: 2 });
    await teal.when(rollout, "a shift", (o) => o.phase === "shifting" || o.phase === "baking");
    await teal.powerCut();
    await teal.start();
    const end = await teal.ending(rollout);
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    assert.deepEqual(await teal.split("acme", 20), { "3.0.0": 20 });
    const acme = await teal.tenant("acme");
    assert.deepEqual([acme.live, acme.weights, acme.release], ["blue", { blue: 100, green: 0 }, "3.0.0"]);
  });

  it("leaves nothing that an ordinary stop and start would not find", async () => {
    const before = await teal.tenant("acme");
    assert.equal(await teal.endWith("SIGINT"), 0);
    await teal.start();
    assert.deepEqual({ ...(await teal.tenant("acme")), url: "" }, { ...before, url: "" });
    assert.deepEqual(await teal.split("acme", 10), { "3.0.0": 10 });
  });
});
