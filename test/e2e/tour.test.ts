import assert from "node:assert/strict";
import type { PreviewView, TenantView } from "../../model/views.ts";
import { keepVisiting, TestTeal } from "./teal.ts";

const E = "/v1/environments/develop";

describe("the main job, end to end", function () {
  this.timeout(120_000);
  let teal: TestTeal;

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await teal.release(version);
  });
  after(() => teal.stop());

  it("previews a tenant that doesn't exist yet, and makes nothing", async () => {
    const preview = await teal.accepted<PreviewView>("POST", `${E}/tenants/ghost/preview`, {
      name: "Ghost",
      release: "1.0.0",
    });
    assert.ok(preview.creates > 10, JSON.stringify(preview));
    assert.ok(preview.steps.some((s) => s.type.endsWith(":HTTPRoute") && s.op === "create"));
    assert.deepEqual([preview.updates, preview.replaces, preview.deletes], [0, 0, 0]);
    assert.equal((await teal.call("GET", `${E}/tenants/ghost`)).status, 404);
  });

  it("provisions two tenants at once", async () => {
    const operations = await Promise.all([
      teal.provision("acme", "1.0.0", { config: { GREETING: "hello" }, secrets: { API_KEY: "s3cr3t-value" } }),
      teal.provision("globex", "1.0.0"),
    ]);
    for (const operation of operations) {
      assert.equal(operation.state, "queued");
      const end = await teal.ending(operation);
      assert.equal(end.state, "succeeded", JSON.stringify(end));
    }
    for (const id of ["acme", "globex"]) {
      const { status, body } = await teal.visit(id);
      assert.equal(status, 200);
      assert.deepEqual([body.tenant, body.color, body.version], [id, "blue", "1.0.0"]);
    }
    const acme = await teal.tenant("acme");
    assert.deepEqual([acme.live, acme.weights, acme.release], ["blue", { blue: 100, green: 0 }, "1.0.0"]);
    assert.equal(acme.slots.blue?.ready, true);
    assert.deepEqual(acme.secretNames, ["API_KEY"]);
    assert.equal(JSON.stringify(acme).includes("s3cr3t-value"), false);
  });

  it("previews a rollout and changes nothing", async () => {
    const [before, operations] = [await teal.tenant("acme"), await teal.accepted("GET", "/v1/operations?tenant=acme")];
    const preview = await teal.accepted<PreviewView>("POST", `${E}/tenants/acme/preview`, { release: "2.0.0" });
    assert.ok(preview.creates > 0);
    assert.ok(preview.updates >= 1);
    assert.deepEqual(await teal.tenant("acme"), before);
    assert.deepEqual(await teal.accepted("GET", "/v1/operations?tenant=acme"), operations);
    assert.deepEqual(await teal.split("acme", 20), { "1.0.0": 20 });
  });

  it("rolls out a release step by step, seen in real traffic, without a failed request", async () => {
    const visits = keepVisiting(teal, "acme");
    const rollout = await teal.rollout("acme", "2.0.0", { steps: [20, 100], bakeSeconds: 3 });
    await teal.when(rollout, "20 % to be moved", (o) => o.phase === "baking" && o.step?.percent === 20);
    const split = await teal.split("acme", 100);
    assert.ok(Math.abs(split["2.0.0"]! - 20) <= 5, JSON.stringify(split));
    assert.deepEqual((await teal.tenant("acme")).weights, { blue: 80, green: 20 });
    const end = await teal.ending(rollout);
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    assert.deepEqual(await teal.split("acme", 20), { "2.0.0": 20 });
    const { requests, failures } = await visits.stop();
    assert.deepEqual(failures, []);
    assert.ok(requests > 100);
    const acme = await teal.tenant("acme");
    assert.deepEqual([acme.live, acme.slots.blue?.release, acme.slots.blue?.scale], ["green", "2.0.0", "idle"]);
  });

  for (const [ending, code, expected] of [
    ["neverready", "release_not_ready", /pods of blue are ready/],
    ["crashing", "release_not_ready", /exit code 1/],
    ["erroring", "check_failed", /answered 500, expected 200/],
  ] as const) {
    it(`rolls a release back that is ${ending}, and says why`, async () => {
      await teal.release(`9.0.0-${ending}`);
      const before = await teal.tenant("acme");
      const visits = keepVisiting(teal, "acme");
      const end = await teal.ending(await teal.rollout("acme", `9.0.0-${ending}`));
      assert.equal(end.state, "rolled-back", JSON.stringify(end));
      assert.equal(end.outcome?.code, code, JSON.stringify(end));
      assert.equal(end.outcome.cause, "release");
      assert.match(JSON.stringify(end.outcome), expected);
      assert.ok(end.outcome.evidence.length > 0);
      assert.deepEqual((await visits.stop()).failures, []);
      const { slots, weights, live } = await teal.tenant("acme");
      assert.deepEqual([live, weights, slots.blue?.release], [before.live, before.weights, before.slots.blue?.release]);
    });
  }

  it("rolls a release back whose error rate shows only in real traffic", async () => {
    await teal.release("9.1.0-erroring", { checks: [{ path: "/healthz" }] });
    const rollout = await teal.rollout("acme", "9.1.0-erroring", { steps: [50, 100], bakeSeconds: 60 });
    await teal.when(rollout, "traffic to move", (o) => o.phase === "baking");
    const visiting = keepVisiting(teal, "acme");
    const end = await teal.ending(rollout);
    await visiting.stop();
    assert.equal(end.state, "rolled-back");
    assert.equal(end.outcome?.code, "error_rate");
    assert.match(JSON.stringify(end.outcome.evidence), /requests failed/);
    assert.deepEqual(await teal.split("acme", 20), { "2.0.0": 20 });
  });

  it("changes config by the same way as a release", async () => {
    const before = await teal.call<TenantView>("GET", `${E}/tenants/acme`);
    const headers = { "if-match": before.headers.get("etag")! };
    const patch = { config: { GREETING: "hi", COLOR: "teal" }, flags: { beta: true } };
    assert.equal((await teal.call("PATCH", `${E}/tenants/acme`, patch)).status, 428);
    assert.equal((await teal.call("PATCH", `${E}/tenants/acme`, patch, { "if-match": '"99"' })).status, 412);
    const operation = await teal.accepted("PATCH", `${E}/tenants/acme`, patch, headers);
    assert.equal(operation.kind, "configure");
    await teal.when(operation, "baking", (o) => o.phase === "baking");
    await teal.accepted("POST", `/v1/operations/${operation.id}/finish`, { reason: "no need to wait" });
    const end = await teal.when(
      operation,
      "holding or its end",
      (o) => o.phase === "holding" || o.state === "succeeded",
    );
    if (end.phase === "holding")
      await teal.accepted("POST", `/v1/operations/${operation.id}/finish`, { reason: "done" });
    assert.equal((await teal.ending(operation)).state, "succeeded");
    const after = await teal.tenant("acme");
    assert.deepEqual(
      [after.config, after.flags, after.revision],
      [patch.config, patch.flags, before.body.revision + 1],
    );
    assert.match(JSON.stringify((await teal.visit("acme", "/config")).body), /teal/);
  });

  it("adds a host name in place, and answers to it", async () => {
    const { headers } = await teal.call("GET", `${E}/tenants/globex`);
    const patch = { hostnames: ["shop.globex.test"] };
    const end = await teal.ending(
      await teal.accepted("PATCH", `${E}/tenants/globex`, patch, { "if-match": headers.get("etag")! }),
    );
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    assert.equal((await teal.visit("globex")).status, 200);
    const taken = await teal.call("POST", `${E}/tenants`, { id: "other", name: "x", release: "1.0.0", ...patch });
    assert.equal(taken.status, 409);
  });

  it("removes a tenant with all that it had", async () => {
    const end = await teal.ending(await teal.accepted("DELETE", `${E}/tenants/globex?reason=left`));
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    assert.equal((await teal.call("GET", `${E}/tenants/globex`)).status, 404);
    assert.equal((await teal.visit("globex")).status, 404);
    assert.equal((await teal.ending(await teal.provision("globex", "1.0.0"))).state, "succeeded");
  });
});
