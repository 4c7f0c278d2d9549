import assert from "node:assert/strict";
import type { DriftView } from "../../model/views.ts";
import { byHand, type ByHand } from "./byHand.ts";
import { keepVisiting, TestTeal, until } from "./teal.ts";

describe("drift", function () {
  this.timeout(240_000);
  let teal: TestTeal;
  let hand: ByHand;

  before(async () => {
    teal = await new TestTeal().start();
    hand = byHand(teal);
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await teal.release(version);
    const config = { config: { color: "red" }, secrets: { token: "very-secret-token" } };
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0", config))).state, "succeeded");
    assert.equal((await teal.ending(await teal.provision("globex", "1.0.0"))).state, "succeeded");
  });
  after(() => teal.stop());

  const kinds = (drift: DriftView) => drift.items.map(({ change, kind, name }) => `${change} ${kind} ${name}`).sort();

  it("of a tenant that nobody has touched is none", async () => {
    const drift = await teal.drift("acme");
    assert.deepEqual([drift.drifted, drift.items, drift.additions], [false, [], []], JSON.stringify(drift));
    assert.deepEqual(drift.traffic, { expected: { blue: 100, green: 0 }, found: { blue: 100, green: 0 } });
  });

  it("shows what was changed and deleted by hand, and no secret", async () => {
    await hand.patch("acme", "Deployment", "blue-web", { spec: { replicas: 2 } });
    await hand.patch("acme", "ConfigMap", "blue-config", { data: { color: "green" } });
    await hand.patch("acme", "Secret", "blue-secrets", { stringData: { token: "by hand" } });
    await hand.patch("acme", "Service", "blue", { metadata: { labels: { "by-hand": "yes" } } });
    await hand.remove("acme", "PodDisruptionBudget", "blue-web");
    const drift = await teal.drift("acme");
    assert.deepEqual(kinds(drift), [
      "changed ConfigMap blue-config",
      "changed Deployment blue-web",
      "changed Secret blue-secrets",
      "deleted PodDisruptionBudget blue-disruption-budget",
    ]);
    const replicas = drift.items.find(({ kind }) => kind === "Deployment")!.properties;
    assert.deepEqual(replicas, [{ path: "spec.replicas", expected: "1", found: "2" }]);
    assert.deepEqual(
      drift.additions.map(({ kind, name, path }) => [kind, name, path]),
      [["Service", "blue", "metadata.labels.by-hand"]],
    );
    assert.doesNotMatch(JSON.stringify(drift), /very-secret-token|by hand/);
    assert.equal(drift.drifted, true);
  });

  it("is kept until somebody repairs it: nothing is repaired unasked", async () => {
    const before = await teal.drift("acme");
    const stale = await teal.call("POST", "/v1/environments/develop/tenants/acme/repair", {
      plan: "0000000000000000",
      reason: "stale",
    });
    assert.deepEqual([stale.status, stale.body["code"]], [409, "drift_changed"]);

    const kept = await teal.decide<DriftView>("acme", "drift/keep", before);
    assert.equal(kept.drifted, false);
    assert.equal(kept.items.length, 4);
    for (const item of kept.items) assert.equal(item.kept?.reason, "decided in a test");
    // A rollout of another tenant, and of this one, leaves what was kept alone.
    const rollout = await teal.ending(await teal.rollout("acme", "2.0.0", { settling: "keep" }));
    assert.equal(rollout.state, "succeeded", JSON.stringify(rollout));
    const still = (await hand.read("acme", "Deployment", "blue-web")) as unknown as { spec: { replicas: number } };
    assert.equal(still.spec.replicas, 2);
    assert.equal((await teal.drift("acme")).drifted, false);
  });

  it("is repaired by an operation, and just what was shown", async () => {
    const shown = await teal.drift("acme");
    const visits = keepVisiting(teal, "acme");
    const repair = await teal.ending(await teal.decide("acme", "repair", shown));
    assert.equal(repair.state, "succeeded", JSON.stringify(repair));
    const drift = await teal.drift("acme");
    assert.deepEqual([drift.drifted, drift.items], [false, []]);
    assert.deepEqual((await visits.stop()).failures, []);
    const again = await teal.call("POST", "/v1/environments/develop/tenants/acme/repair", {
      plan: drift.plan,
      reason: "again",
    });
    assert.deepEqual([again.status, again.body["code"]], [409, "nothing_to_repair"]);
  });

  it("makes the next rollout ask first; aborted, it has done nothing", async () => {
    await hand.patch("globex", "Deployment", "blue-web", { spec: { replicas: 3 } });
    const rollout = await teal.when(await teal.rollout("globex", "2.0.0"), "a question", (o) => o.state === "waiting");
    assert.deepEqual([rollout.phase, rollout.outcome?.code], ["paused", "objects_changed"]);
    assert.match(rollout.outcome!.message, /Deployment blue-web changed: spec\.replicas/);
    await teal.accepted("POST", `/v1/operations/${rollout.id}/abort`, { reason: "look first" });
    assert.equal((await teal.ending(rollout)).state, "cancelled");

    const second = await teal.when(await teal.rollout("globex", "2.0.0"), "a question", (o) => o.state === "waiting");
    await teal.accepted("POST", `/v1/operations/${second.id}/resume`, { reason: "it is fine" });
    assert.equal((await teal.ending(second)).state, "succeeded");
  });

  it("of traffic moved by hand in mid-rollout stops the rollout until somebody says what is right", async () => {
    const visits = keepVisiting(teal, "acme");
    const rollout = await teal.rollout("acme", "3.0.0", { steps: [10, 100], bakeSeconds: 30, settling: "keep" });
    await teal.when(rollout, "the first step", (o) => o.phase === "baking");
    const { live } = await teal.tenant("acme");
    const [blue, green] = live === "blue" ? [30, 70] : [70, 30];
    await hand.moveTraffic("acme", blue, green);
    const asked = await teal.when(rollout, "a question", (o) => o.state === "waiting");
    assert.equal(asked.outcome?.code, "traffic_moved");
    assert.match(asked.outcome!.message, new RegExp(`blue ${blue} %, green ${green} %`));
    await new Promise((done) => setTimeout(done, 2000));
    assert.deepEqual(
      (await teal.drift("acme")).traffic.found,
      { blue, green },
      "it waits and leaves the weights alone",
    );

    await teal.accepted("POST", `/v1/operations/${rollout.id}/rollback`, { reason: "by hand" });
    assert.equal((await teal.ending(rollout)).state, "rolled-back");
    assert.deepEqual((await teal.drift("acme")).items, []);
    assert.deepEqual((await visits.stop()).failures, []);
  });

  it("of traffic moved while Teal was down is seen when it comes back, and kept if an operator says so", async () => {
    const before = await teal.tenant("globex");
    await teal.crash();
    const [blue, green] = before.live === "blue" ? [0, 100] : [100, 0];
    await hand.moveTraffic("globex", blue, green);
    await teal.start();
    await until("Teal to see it", async () => (await teal.tenant("globex")).attention?.code === "traffic_moved");
    assert.deepEqual((await teal.tenant("globex")).weights, before.weights, "nothing is taken over unasked");
    const drift = await teal.drift("globex");
    assert.match(drift.message!, /moved it by hand/);
    const kept = await teal.decide<DriftView>("globex", "drift/keep", drift);
    assert.deepEqual([kept.drifted, kept.items], [false, []]);
    const after = await teal.tenant("globex");
    assert.deepEqual([after.weights, after.attention], [{ blue, green }, undefined]);
    assert.notEqual(after.live, before.live);
    const rollout = await teal.ending(await teal.rollout("globex", "1.0.0"));
    assert.equal(rollout.state, "succeeded", JSON.stringify(rollout));
  });
});
