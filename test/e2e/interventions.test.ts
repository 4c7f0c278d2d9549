import assert from "node:assert/strict";
import type { EventView, OperationView } from "../../model/views.ts";
import { TestTeal } from "./teal.ts";

const E = "/v1/environments/develop";
const slow = { steps: [10, 50, 100], bakeSeconds: 120 };

describe("what people can do to operations", function () {
  this.timeout(120_000);
  let teal: TestTeal;

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await teal.release(version);
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0"))).state, "succeeded");
  });
  after(() => teal.stop());

  const tell = (o: OperationView, name: string, reason = "because") =>
    teal.call<OperationView>("POST", `/v1/operations/${o.id}/${name}`, { reason });
  const baking = (o: OperationView) => teal.when(o, "baking", (now) => now.phase === "baking");

  it("refuses a second operation on a busy tenant, naming the first, and turns the first round on abort", async () => {
    const rollout = await teal.rollout("acme", "2.0.0", slow);
    await baking(rollout);
    const busy = await teal.call("POST", `${E}/tenants/acme/rollouts`, { release: "3.0.0" });
    assert.equal(busy.status, 409);
    assert.equal(busy.body["code"], "tenant_busy");
    assert.ok(JSON.stringify(busy.body).includes(rollout.id));
    assert.equal((await tell(rollout, "abort", "wrong release")).status, 202);
    assert.equal((await tell(rollout, "abort", "again")).status, 202);
    const end = await teal.ending(rollout);
    assert.equal(end.state, "rolled-back");
    assert.equal(end.outcome?.cause, "person");
    assert.match(end.outcome.message, /wrong release/);
    assert.equal((await tell(rollout, "abort")).status, 409);
    assert.deepEqual(await teal.split("acme", 10), { "1.0.0": 10 });
  });

  it("pauses with the weights as they are, resumes, and finishes at once", async () => {
    const rollout = await teal.rollout("acme", "2.0.0", slow);
    await baking(rollout);
    await tell(rollout, "pause", "lunch");
    const paused = await teal.when(rollout, "the pause", (o) => o.phase === "paused");
    assert.equal(paused.state, "waiting");
    assert.match(paused.outcome?.message ?? "", /lunch/);
    assert.deepEqual((await teal.tenant("acme")).weights, { blue: 90, green: 10 });
    assert.equal((await tell(rollout, "finish")).status, 409);
    await tell(rollout, "resume");
    await baking(rollout);
    await tell(rollout, "finish", "hotfix");
    await teal.when(rollout, "all traffic", (o) => o.phase === "baking" && o.step?.percent === 100);
    await tell(rollout, "abort");
    assert.equal((await teal.ending(rollout)).state, "rolled-back");
  });

  it("rolls back by POST rollback while it shifts, and while the old slot is held", async () => {
    const rollout = await teal.rollout("acme", "2.0.0", { steps: [100], holdSeconds: 600 });
    await teal.when(rollout, "the hold", (o) => o.phase === "holding");
    assert.deepEqual(await teal.split("acme", 10), { "2.0.0": 10 });
    const turned = await teal.accepted("POST", `${E}/tenants/acme/rollback`, { reason: "slow pages" });
    assert.equal(turned.id, rollout.id);
    assert.equal((await teal.ending(rollout)).state, "rolled-back");
    assert.deepEqual(await teal.split("acme", 10), { "1.0.0": 10 });
  });

  it("moves back to a kept slot after the rollout has ended, and says when there is none", async () => {
    const none = await teal.call("POST", `${E}/tenants/acme/rollback`, {});
    if (none.status === 409) assert.equal(none.body["code"], "nothing_to_roll_back_to");
    const rollout = await teal.rollout("acme", "2.0.0", { steps: [100], settling: "keep" });
    assert.equal((await teal.ending(rollout)).state, "succeeded");
    const back = await teal.accepted("POST", `${E}/tenants/acme/rollback`, { reason: "regression" });
    assert.equal(back.kind, "rollback");
    assert.equal((await teal.ending(back)).state, "succeeded");
    assert.deepEqual(await teal.split("acme", 10), { "1.0.0": 10 });
  });

  it("holds an environment's weights while it is stopped, rollbacks excepted", async () => {
    const rollout = await teal.rollout("acme", "3.0.0", { steps: [10, 100], bakeSeconds: 3 });
    await baking(rollout);
    assert.equal((await teal.call("POST", `${E}/stop`, { reason: "incident" })).status, 200);
    const waits = await teal.when(rollout, "the stop", (o) => o.outcome?.code === "environment_stopped");
    assert.equal(waits.state, "waiting");
    await new Promise((done) => setTimeout(done, 4000));
    assert.equal((await teal.tenant("acme")).weights.blue, 90);
    const queued = await teal.provision("globex", "1.0.0");
    const unwanted = await teal.provision("hooli", "1.0.0");
    assert.equal((await tell(unwanted, "abort", "not ours")).status, 202);
    assert.equal((await teal.ending(unwanted)).state, "cancelled");
    assert.equal((await teal.call("GET", `${E}/tenants/hooli`)).status, 404);
    assert.equal((await teal.call("POST", `${E}/resume`, { reason: "over" })).status, 200);
    assert.equal((await teal.ending(rollout)).state, "succeeded");
    assert.equal((await teal.ending(queued)).state, "succeeded");
  });

  it("answers a repeated call by its Idempotency-Key with the same operation", async () => {
    const body = { id: "initech", name: "Initech", release: "1.0.0" };
    const headers = { "idempotency-key": "once-only" };
    const calls = await Promise.all(
      Array.from({ length: 4 }, () => teal.call<OperationView>("POST", `${E}/tenants`, body, headers)),
    );
    assert.deepEqual(
      calls.map((c) => c.status),
      [202, 202, 202, 202],
    );
    assert.equal(new Set(calls.map((c) => c.body.id)).size, 1);
    assert.equal(calls[0]!.headers.get("location"), `/v1/operations/${calls[0]!.body.id}`);
    const other = await teal.call("POST", `${E}/tenants`, { ...body, name: "Other" }, headers);
    assert.deepEqual([other.status, other.body["code"]], [409, "idempotency_conflict"]);
    await teal.ending(calls[0]!.body);
  });

  it("tells the whole story as events, live and replayed, each once", async () => {
    const controller = new AbortController();
    const live = await fetch(`${teal.api}/v1/events`, {
      headers: { accept: "text/event-stream", "last-event-id": "0" },
      signal: controller.signal,
    });
    assert.equal(live.headers.get("content-type")?.split(";")[0], "text/event-stream");
    const rollout = await teal.rollout("initech", "2.0.0", { steps: [100] });
    await teal.ending(rollout);
    const ids: number[] = [];
    let text = "";
    const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader();
    while (!text.includes(`"phase":"succeeded"`) || !text.includes(rollout.id)) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
    controller.abort();
    for (const [, id] of text.matchAll(/^id: ?(\d+)$/gm)) ids.push(Number(id));
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((a, b) => a - b),
    );
    const all: EventView[] = [];
    for (let after = 0; ;) {
      const { items } = await teal.accepted<{ items: EventView[] }>("GET", `/v1/events?limit=200&after=${after}`);
      if (items.length === 0) break;
      all.push(...items);
      after = items.at(-1)!.id;
    }
    assert.deepEqual(all.map((e) => e.id).slice(0, ids.length), ids);
  });
});
