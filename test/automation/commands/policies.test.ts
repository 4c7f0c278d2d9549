import assert from "node:assert/strict";
import { readOperation } from "../../../automation/ledger/operations/read.ts";
import { revisionContext } from "../../../automation/secrets.ts";
import { policyOf } from "../../../automation/worker/effects.ts";
import type { Move } from "../../../model/layout.ts";
import { defaultPolicy } from "../../../model/policy.ts";
import { because, call, happen, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const defaults = defaultPolicy("demo");

describe("policies", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness, tenant("acme"), tenant("bolt", { policy: { holdSeconds: 7 }, timeZone: "Asia/Tokyo" }));
  });
  after(() => harness.close());
  const moveOf = async (id: string): Promise<Move> => (await harness.ledger.read((db) => readOperation(db, id)))!.move!;
  const set = async (policy: object) => {
    const { policies } = harness.automation;
    return policies.set(production, policy, (await policies.get(production)).version, because);
  };

  it("are the installation's defaults until somebody sets one", async () => {
    const { policies } = harness.automation;
    assert.deepEqual(await policies.get("develop"), { environment: "develop", version: 0, policy: defaults });
    await assert.rejects(policies.get("develop", 1), { code: "policy_not_found" });
    await assert.rejects(policies.get("staging"), { code: "environment_not_found" });
  });

  it("may not ask for an affinity that the gateway is not declared to have, wherever they are said", async () => {
    const { policies, tenants, releases } = harness.automation;
    const code = "affinity_unsupported";
    const affinity = "cookie" as const;
    await assert.rejects(policies.set("develop", { affinity }, 0, because), { code });
    const { revision } = await tenants.get(production, "acme");
    await assert.rejects(tenants.patch(production, "acme", { policy: { affinity } }, revision, call), { code });
    await releases.register(production, release("5.0.0"), call);
    const rollout = { release: "5.0.0", affinity };
    await assert.rejects(tenants.rollout(production, "acme", rollout, call), { code });
    const other = tenant("cobalt", { policy: { affinity } });
    await assert.rejects(tenants.create(production, other, call), { code });
    await assert.rejects(tenants.get(production, "cobalt"), { code: "tenant_not_found" });
  });

  it("are versions, all kept with who, when and why", async () => {
    const { policies, events } = harness.automation;
    const one = await policies.set(production, { bakeSeconds: 1 }, 0, because);
    assert.deepEqual([one.version, one.policy], [1, { ...defaults, bakeSeconds: 1 }]);
    assert.deepEqual([one.changed?.by, one.changed?.reason], ["alice", "a test"]);
    const two = await policies.set(production, { holdSeconds: 2 }, 1, { actor: "bob", reason: "longer" });
    assert.deepEqual([two.version, two.policy], [2, { ...defaults, holdSeconds: 2 }]);
    assert.deepEqual(await policies.get(production), two);
    assert.deepEqual(await policies.get(production, 1), one);
    assert.deepEqual((await policies.get(production, 0)).policy, defaults);
    const told = (await events.list({ environment: production }, 0, 1000)).filter((e) => e.type === "policy_changed");
    assert.deepEqual(
      told.map((event) => event.data["changed"]),
      [{ bakeSeconds: 1 }, { bakeSeconds: 5, holdSeconds: 2 }],
    );
    await assert.rejects(
      harness.ledger.read((db) => db.updateTable("policies").set({ reason: "another" }).execute()),
      /never changes/,
    );
  });

  it("the same again are no new version; of what was not seen last, none", async () => {
    const { policies } = harness.automation;
    const now = await policies.get(production);
    assert.deepEqual(await policies.set(production, { holdSeconds: 2 }, now.version, call as never), now);
    await assert.rejects(policies.set(production, {}, now.version - 1, because), { code: "revision_mismatch" });
    const both = [3, 4].map((holdSeconds) => policies.set(production, { holdSeconds }, now.version, because));
    const ends = await Promise.allSettled(both);
    assert.deepEqual(ends.map((end) => end.status).sort(), ["fulfilled", "rejected"]);
  });

  it("of a rollout are the environment's, the tenant's and its own, and stay what they were", async () => {
    const { tenants } = harness.automation;
    await set({ bakeSeconds: 1, holdSeconds: 2, idleReplicas: 3, checks: [{ path: "/extra" }] });
    const { id } = await tenants.rollout(production, "bolt", { release: "2.0.0", bakeSeconds: 9 }, call);
    const accepted = await moveOf(id);
    const { checks } = (await harness.automation.policies.get(production)).policy;
    const expected = { ...defaults, bakeSeconds: 9, holdSeconds: 7, idleReplicas: 3, checks };
    assert.deepEqual([accepted.policy, accepted.timeZone], [expected, "Asia/Tokyo"]);
    assert.deepEqual([accepted.bakeSeconds, accepted.holdSeconds, accepted.settling], [9, 7, "match"]);
    await set({ bakeSeconds: 30, minRequests: 5 });
    const later = (await harness.ledger.read((db) => readOperation(db, id)))!;
    assert.deepEqual(later.move, accepted);
    assert.deepEqual(policyOf({ policy: defaultPolicy("production") }, later), expected);
    await run(harness.ledger, id);
    const idle = (await tenants.get(production, "bolt")).slots.blue;
    assert.deepEqual([idle?.release, idle?.scale, idle?.idleReplicas], ["2.0.0", "idle", 3]);
    const back = { ...later, move: { ...accepted, policy: undefined } };
    assert.deepEqual(
      policyOf({ policy: defaults }, back),
      defaults,
      "of an operation accepted before there were policies",
    );
  });

  it("of a tenant change in place, and go for the change that brings them", async () => {
    const { tenants } = harness.automation;
    const own = { policy: { steps: [50, 100], readySeconds: 60 }, timeZone: "Europe/Berlin" };
    const inPlace = (await tenants.patch(production, "acme", own, 1, call))!;
    assert.deepEqual((await moveOf(inPlace.id)).steps, []);
    await run(harness.ledger, inPlace.id);
    const after = await tenants.get(production, "acme");
    assert.deepEqual([after.policy, after.timeZone, after.slots.blue?.revision], [own.policy, own.timeZone, 1]);
    const change = { config: { a: "1" }, policy: { readySeconds: null, bakeSeconds: 0 } };
    const { id } = (await tenants.patch(production, "acme", change, 2, call))!;
    const { policy, steps } = await moveOf(id);
    assert.deepEqual([steps, policy?.bakeSeconds, policy?.readySeconds], [[50, 100], 0, defaults.readySeconds]);
    await run(harness.ledger, id);
  });

  it("are none of their own in tenants written down before there were any", async () => {
    const { automation, ledger } = harness;
    await run(ledger, (await automation.tenants.create(production, tenant("old"), call)).id);
    await ledger.transaction(async (tx) => {
      const { uid } = await tx.selectFrom("tenants").select("uid").where("id", "=", "old").executeTakeFirstOrThrow();
      const before = { tenant_uid: uid, revision: 2, secret_names: [], created_by: "ann" };
      const secrets = ledger.secrets.seal(revisionContext(uid, 2), {});
      const settings = JSON.stringify({ name: "Old", tier: "small", ring: 0, hostnames: [], config: {}, flags: {} });
      await tx
        .insertInto("revisions")
        .values({ ...before, secrets, settings })
        .execute();
      await tx.updateTable("tenants").set({ revision: 2 }).where("uid", "=", uid).execute();
    });
    const old = await automation.tenants.get(production, "old");
    assert.deepEqual([old.policy, old.timeZone], [{}, "UTC"]);
    assert.equal(
      await automation.tenants.patch(production, "old", { timeZone: "UTC", policy: { steps: null } }, 2, call),
      null,
    );
  });

  it("stay the tenant's when it is rolled back", async () => {
    const { tenants } = harness.automation;
    const { id } = await tenants.rollout(production, "acme", { release: "2.0.0", settling: "keep" }, call);
    await run(harness.ledger, id);
    const now = (await tenants.get(production, "acme")).revision;
    await run(harness.ledger, (await tenants.patch(production, "acme", { timeZone: "UTC" }, now, call))!.id);
    const rollback = await tenants.rollback(production, "acme", call);
    assert.equal((await moveOf(rollback.id)).policy?.bakeSeconds, 0);
    await run(harness.ledger, rollback.id);
    const back = await tenants.get(production, "acme");
    assert.deepEqual(
      [back.release, back.timeZone, back.policy],
      ["1.0.0", "UTC", { steps: [50, 100], bakeSeconds: 0 }],
    );
  });

  it("have releases and new settings wait at their gates, but no rollback", async () => {
    const { tenants } = harness.automation;
    await set({ gates: ["before-full"], approvalSeconds: 120 });
    await run(harness.ledger, (await tenants.create(production, tenant("gated"), call)).id);
    const configure = (await tenants.patch(
      production,
      "gated",
      { config: { a: "1" }, policy: { settling: "keep" } },
      1,
      call,
    ))!;
    const { gates, approvalSeconds } = await moveOf(configure.id);
    assert.deepEqual([gates, approvalSeconds], [["before-full"], 120]);
    const waiting = await run(harness.ledger, configure.id, "awaiting-approval");
    assert.equal(waiting.operation.memory.approval?.gate, "before-full");
    await happen(harness.ledger, waiting, "approve");
    await harness.ledger.releaseLeasesOf("test");
    await run(harness.ledger, configure.id);
    const rollout = await tenants.rollout(production, "gated", { release: "2.0.0", gates: ["before-traffic"] }, call);
    assert.deepEqual((await moveOf(rollout.id)).gates, ["before-traffic", "before-full"]);
    await happen(harness.ledger, (await harness.ledger.claim(rollout.id, "test", 60))!, "abort");
    const rollback = await tenants.rollback(production, "gated", call);
    assert.equal((await moveOf(rollback.id)).gates, undefined);
    await set({});
  });

  it("name a source of releases that is there, and another environment", async () => {
    for (const promoteFrom of ["production", "staging"]) {
      await assert.rejects(set({ promoteFrom }), (error: Error & { code: string }) => {
        assert.equal(error.code, "invalid_input");
        assert.match(
          error.message,
          /^\/policy\/promoteFrom: Expected one of the other declared environments \(develop\)/,
        );
        return true;
      });
    }
  });
});
