import assert from "node:assert/strict";
import { because, call, happen, openHarness, release, run, tenant, type Harness } from "../harness.ts";

const [develop, production] = ["develop", "production"] as const;

const provenance = { commit: "c".repeat(40), pipeline: "https://ci.example.com/runs/7" };

describe("promotions", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
    const { releases, tenants } = harness.automation;
    await releases.register(develop, release("1.0.0"), call);
    await releases.register(develop, release("2.0.0", { provenance }), call);
    await run(harness.ledger, (await tenants.create(develop, tenant("acme"), call)).id);
  });
  after(() => harness.close());
  const promote = (version: string, to: string = production, from: string = develop) =>
    harness.automation.releases.promote(from, version, to, because);

  it("bring the very same release, once it has succeeded where it comes from", async () => {
    const { releases, tenants, events } = harness.automation;
    await assert.rejects(promote("2.0.0"), { code: "not_proven" });
    const failed = await tenants.rollout(develop, "acme", { release: "2.0.0" }, call);
    const baking = await run(harness.ledger, failed.id, "baking");
    await assert.rejects(promote("2.0.0"), { code: "not_proven" });
    await happen(harness.ledger, baking, "failed");
    await harness.ledger.releaseLeasesOf("test");
    await run(harness.ledger, failed.id);
    await assert.rejects(promote("2.0.0"), { code: "not_proven" });
    await run(harness.ledger, (await tenants.rollout(develop, "acme", { release: "2.0.0" }, call)).id);

    const { release: promoted, created } = await promote("2.0.0");
    assert.equal(created, true);
    const { environment, by, reason } = promoted.promotedFrom!;
    assert.deepEqual([environment, by, reason], [develop, "alice", "a test"]);
    const source = await releases.get(develop, "2.0.0");
    assert.equal(source.promotedFrom, undefined);
    const content = ({ version, image, components, checks, provenance }: typeof source) => ({
      version,
      image,
      components,
      checks,
      provenance,
    });
    assert.deepEqual(promoted.provenance, provenance);
    assert.deepEqual(content(promoted), content(source));
    assert.deepEqual(await releases.get(production, "2.0.0"), promoted);
    const again = await releases.promote(develop, "2.0.0", production, { actor: "bob", reason: "again" });
    assert.deepEqual(again, { release: promoted, created: false });
    const told = (await events.list({ environment: production }, 0, 100)).filter((e) => e.type === "release_promoted");
    assert.deepEqual(
      told.map((event) => event.data["from"]),
      [develop],
    );
  });

  it("by a new tenant count too, and a release that is there already says from then on where it had proven itself", async () => {
    const { releases } = harness.automation;
    await releases.register(production, release("1.0.0"), { actor: "bob" });
    const { release: promoted, created } = await promote("1.0.0");
    assert.deepEqual([created, promoted.createdBy, promoted.promotedFrom?.by], [false, "bob", "alice"]);
  });

  it("are refused for another content, what is withdrawn or not there, and to where it is", async () => {
    const { releases, tenants } = harness.automation;
    await releases.register(develop, release("3.0.0"), call);
    await run(harness.ledger, (await tenants.rollout(develop, "acme", { release: "3.0.0" }, call)).id);
    await releases.register(production, release("3.0.0", { image: "teal/app:other" }), call);
    await assert.rejects(promote("3.0.0"), { code: "release_exists" });
    await assert.rejects(promote("9.9.9"), { code: "release_not_found" });
    await assert.rejects(promote("3.0.0", develop), { code: "invalid_input" });
    await assert.rejects(promote("3.0.0", "staging"), { code: "environment_not_found" });
    await releases.withdraw(develop, "3.0.0", because);
    await assert.rejects(promote("3.0.0"), { code: "release_withdrawn" });
  });

  it("are the only way into an environment whose policy says so, and only from there", async () => {
    const { automation, ledger, close } = await openHarness({ environments: ["develop", "staging", "production"] });
    await ledger.declareEnvironments(["staging"]);
    const { releases, policies, tenants } = automation;
    for (const env of [develop, "staging"]) {
      await releases.register(env, release("1.0.0"), call);
      await run(ledger, (await tenants.create(env, tenant("acme"), call)).id);
    }
    await releases.register(production, release("0.9.0"), call);
    await policies.set(production, { promoteFrom: "staging" }, 0, because);
    await assert.rejects(releases.register(production, release("1.0.0"), call), { code: "promotion_source" });
    await assert.rejects(releases.get(production, "1.0.0"), { code: "release_not_found" });
    await assert.rejects(releases.promote(develop, "1.0.0", production, because), { code: "promotion_source" });
    assert.equal((await releases.register(production, release("0.9.0"), call)).created, false);
    assert.equal((await releases.promote("staging", "1.0.0", production, because)).created, true);
    assert.equal((await releases.register(production, release("1.0.0"), call)).created, false);
    await close();
  });
});
