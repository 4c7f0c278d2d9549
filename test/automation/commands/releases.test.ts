import assert from "node:assert/strict";
import { sql } from "kysely";
import { because, call, openHarness, release, type Harness } from "../harness.ts";

const production = "production";

describe("releases", () => {
  let harness: Harness;
  before(async () => void (harness = await openHarness()));
  after(() => harness.close());

  it("are one content for good", async () => {
    const { releases } = harness.automation;
    const first = await releases.register(production, release("1.0.0"), call);
    assert.equal(first.created, true);
    assert.deepEqual(await releases.register(production, release("1.0.0"), { actor: "bob" }), {
      created: false,
      release: first.release,
    });
    const other = release("1.0.0", { image: "teal/app:1.0.1" });
    await assert.rejects(releases.register(production, other, call), { code: "release_exists" });
    assert.deepEqual(await releases.get(production, "1.0.0"), first.release);
    await assert.rejects(releases.get("develop", "1.0.0"), { code: "release_not_found" });
  });

  it("registered at once by many are there once", async () => {
    const { releases } = harness.automation;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => releases.register("develop", release("1.0.0"), call)),
    );
    assert.equal(answers.filter((answer) => answer.created).length, 1);
  });

  it("need a digest on aws", async () => {
    const { automation, close } = await openHarness({ target: "aws" });
    await assert.rejects(automation.releases.register(production, release("1.0.0"), call), { code: "digest_required" });
    const image = `teal/app@sha256:${"a".repeat(64)}`;
    assert.ok((await automation.releases.register(production, release("1.0.0", { image }), call)).created);
    await close();
  });

  it("are withdrawn once, for the first reason given", async () => {
    const { releases, events } = harness.automation;
    await releases.register(production, release("1.1.0"), call);
    const { withdrawn } = await releases.withdraw(production, "1.1.0", because);
    assert.equal(withdrawn?.reason, "a test");
    const again = await releases.withdraw(production, "1.1.0", { actor: "bob", reason: "another" });
    assert.deepEqual(again.withdrawn, withdrawn);
    const all = await events.list({ environment: production }, 0, 1000);
    assert.equal(all.filter((event) => event.type === "release_withdrawn").length, 1);
    await assert.rejects(releases.withdraw(production, "9.9.9", because), { code: "release_not_found" });
  });

  it("say where they come from: what came first stays, and another commit is another release", async () => {
    const { releases, events } = harness.automation;
    const provenance = { commit: "a".repeat(40), pipeline: "https://ci.example.com/runs/1", builder: "ci" };
    const first = await releases.register(production, release("4.0.0", { provenance }), call);
    assert.deepEqual(first.release.provenance, provenance);
    assert.deepEqual((await releases.get(production, "4.0.0")).provenance, provenance);
    const told = (await events.list({ environment: production }, 0, 1000)).at(-1);
    assert.deepEqual(told?.data["provenance"], provenance);
    const again = { ...provenance, pipeline: "https://ci.example.com/runs/2" };
    for (const more of [{ provenance: again }, {}])
      assert.deepEqual(await releases.register(production, release("4.0.0", more), call), { ...first, created: false });
    const other = release("4.0.0", { provenance: { ...provenance, commit: "b".repeat(40) } });
    await assert.rejects(releases.register(production, other, call), { code: "release_exists", message: /b{40}/ });
    const listed = await releases.list(production, { limit: 1 });
    assert.deepEqual(listed.items[0]?.provenance, provenance);
  });

  it("can't be changed in the database either", async () => {
    const change = harness.ledger.read((db) =>
      db.updateTable("releases").set({ spec: "{}" }).where("version", "=", "1.0.0").execute(),
    );
    await assert.rejects(change, /content .* never changes/);
    const claim = harness.ledger.read((db) => sql`update teal.releases set provenance = '{}'`.execute(db));
    await assert.rejects(claim, /provenance .* never changes/);
  });
});
