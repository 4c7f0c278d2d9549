import assert from "node:assert/strict";
import type { FreezeView, OperationView, PolicyView, ReleaseView } from "../../model/views.ts";
import { TestTeal } from "./teal.ts";

const E = "/v1/environments/develop";
const quick = { bakeSeconds: 1, holdSeconds: 0 };

describe("rollouts by a policy", function () {
  this.timeout(120_000);
  let teal: TestTeal;

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0", { tier: "medium" }))).state, "succeeded");
  });
  after(() => teal.stop());

  const set = async (policy: object): Promise<PolicyView> => {
    const { headers } = await teal.call("GET", `${E}/policy`);
    const body = { policy: { ...quick, ...policy }, reason: "a test" };
    return teal.accepted("PUT", `${E}/policy`, body, { "if-match": headers.get("etag")! });
  };
  const patch = async (change: object): Promise<OperationView> => {
    const { headers } = await teal.call("GET", `${E}/tenants/acme`);
    return teal.accepted("PATCH", `${E}/tenants/acme`, change, { "if-match": headers.get("etag")! });
  };
  const rollout = (release: string, more: object = {}) =>
    teal.accepted("POST", `${E}/tenants/acme/rollouts`, { release, ...more });
  const tell = (o: OperationView, name: string) =>
    teal.accepted("POST", `/v1/operations/${o.id}/${name}`, { reason: "a test" });

  it("pause where too few requests say nothing, and take the step as passed when told to go on", async () => {
    await set({ steps: [50, 100], inconclusive: "pause", idleReplicas: 2 });
    const operation = await rollout("2.0.0");
    // What changes later is none of its business.
    await set({ steps: [100], checks: [{ path: "/nowhere" }] });
    for (const percent of [50, 100]) {
      const asked = await teal.when(operation, "a pause", (o) => o.phase === "paused" && o.step?.percent === percent);
      assert.deepEqual([asked.outcome?.code, asked.outcome?.cause], ["inconclusive", "policy"], JSON.stringify(asked));
      await tell(operation, "resume");
    }
    assert.equal((await teal.ending(operation)).state, "succeeded");
    const { blue, green } = (await teal.tenant("acme")).slots;
    assert.deepEqual([green?.scale, blue?.scale, blue?.idleReplicas], ["full", "idle", 2]);
    assert.equal((await teal.drift("acme")).drifted, false);
  });

  it("fail by a check of the policy that the release passes all of its own of", async () => {
    const end = await teal.ending(await rollout("1.0.0"));
    assert.deepEqual([end.state, end.outcome?.code], ["rolled-back", "check_failed"], JSON.stringify(end));
    assert.match(end.outcome!.message, /\/nowhere/);
  });

  it("go by what the tenant has otherwise, down to a backup without pods", async () => {
    const inPlace = await teal.ending(await patch({ policy: { checks: [], idleReplicas: 0, steps: [100] } }));
    assert.equal(inPlace.state, "succeeded", JSON.stringify(inPlace));
    const end = await teal.ending(await rollout("1.0.0", { inconclusive: "checks" }));
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    const { blue, green } = (await teal.tenant("acme")).slots;
    assert.deepEqual([blue?.scale, green?.scale, green?.idleReplicas], ["full", "idle", 0]);
    assert.deepEqual(await teal.split("acme", 10), { "1.0.0": 10 });
    assert.equal((await teal.drift("acme")).drifted, false);
    // The cold slot is warm again before it gets traffic.
    const next = await teal.ending(await rollout("2.0.0", { inconclusive: "checks", settling: "keep" }));
    assert.equal(next.state, "succeeded", JSON.stringify(next));
    assert.deepEqual(await teal.split("acme", 10), { "2.0.0": 10 });
  });

  it("wait for what froze the environment before they began, and go on once it is lifted", async () => {
    await teal.accepted("POST", `${E}/stop`, { reason: "to have it queued" });
    const operation = await rollout("1.0.0", { inconclusive: "checks" });
    await teal.when(operation, "the stop", (o) => o.outcome?.code === "environment_stopped");
    const freeze = await teal.accepted<FreezeView>("POST", `${E}/freezes`, {
      to: "2099-01-01T00:00:00Z",
      reason: "trade",
    });
    await teal.accepted("POST", `${E}/resume`, { reason: "queued by now" });
    const held = await teal.when(operation, "the freeze", (o) => o.outcome?.code === "frozen");
    assert.equal(held.state, "queued");
    await teal.accepted("DELETE", `${E}/freezes/${freeze.id}?reason=over`);
    assert.equal((await teal.ending(operation)).state, "succeeded");
  });

  it("are refused in a freeze but for an override, and an abort is not held up by it", async () => {
    const freeze = await teal.accepted<FreezeView>("POST", `${E}/freezes`, {
      to: "2099-01-01T00:00:00Z",
      reason: "trade",
    });
    const body = { release: "2.0.0", bakeSeconds: 60 };
    const refused = await teal.call("POST", `${E}/tenants/acme/rollouts`, body);
    assert.deepEqual([refused.status, refused.body["code"]], [409, "frozen"]);
    const operation = await rollout("2.0.0", { bakeSeconds: 60, override: { reason: "mends the hole" } });
    assert.equal(operation.override?.reason, "mends the hole");
    await teal.when(operation, "traffic to move", (o) => o.phase === "baking");
    await tell(operation, "abort");
    assert.equal((await teal.ending(operation)).state, "rolled-back");
    await teal.accepted("DELETE", `${E}/freezes/${freeze.id}`);
  });

  it("bring to production what has proven itself, and nothing else", async () => {
    const P = "/v1/environments/production";
    const policy = { policy: { promoteFrom: "develop" }, reason: "a test" };
    await teal.accepted("PUT", `${P}/policy`, policy, { "if-match": '"0"' });
    await teal.release("3.0.0");
    const promote = (version: string) =>
      teal.call<ReleaseView>("POST", `${E}/releases/${version}/promote`, { to: "production", reason: "a good week" });
    const unproven = await promote("3.0.0");
    assert.deepEqual([unproven.status, (unproven.body as unknown as { code: string }).code], [409, "not_proven"]);
    const direct = await teal.call("POST", `${P}/releases`, { version: "2.0.0", image: "teal/app:2.0.0" });
    assert.deepEqual([direct.status, direct.body["code"]], [409, "promotion_source"]);
    const promoted = await promote("2.0.0");
    assert.deepEqual([promoted.status, promoted.body.promotedFrom?.environment], [201, "develop"]);
    assert.equal((await promote("2.0.0")).status, 200);
  });
});
