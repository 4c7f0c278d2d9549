import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { DriftView, EnvironmentView } from "../../model/views.ts";
import { TestTeal, until } from "./teal.ts";

describe("a ledger restored from an older backup", function () {
  this.timeout(240_000);
  let teal: TestTeal;

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    for (const id of ["acme", "globex"]) await teal.ending(await teal.provision(id, "1.0.0"));
  });
  after(() => teal.stop());

  const books = () => join(teal.data, "postgres");
  const backup = () => join(teal.data, "postgres-backup");
  // With its owner: as root, PostgreSQL runs as another user.
  const copy = (from: string, to: string) => execFileSync("cp", ["-a", from, to]);

  it("is compared with stacks and cluster before anything acts, and takes over what is there if an operator says so", async () => {
    // The backup is of the middle of a rollout: once restored, that rollout is under way again.
    const stale = await teal.rollout("acme", "2.0.0", { steps: [10, 100], bakeSeconds: 8 });
    await teal.when(stale, "its first step", (o) => o.phase === "baking");
    await teal.endWith("SIGINT");
    copy(books(), backup());

    // The hour that is lost.
    await teal.start();
    assert.equal((await teal.ending(stale)).state, "succeeded");
    await teal.release("3.0.0");
    assert.equal((await teal.ending(await teal.rollout("acme", "3.0.0", { settling: "remove" }))).state, "succeeded");
    const patch = { config: { color: "red" }, secrets: { token: "made-in-the-lost-hour" } };
    const configure = await teal.accepted("PATCH", "/v1/environments/develop/tenants/globex", patch, {
      "if-match": '"1"',
    });
    assert.equal((await teal.ending(configure)).state, "succeeded");
    assert.equal((await teal.ending(await teal.provision("initech", "3.0.0"))).state, "succeeded");
    await teal.endWith("SIGINT");

    rmSync(books(), { recursive: true });
    copy(backup(), books());
    await teal.start();

    // The old rollout would bring 2.0.0 back. It asks instead, and nothing moves.
    const asked = await teal.when(stale, "a question", (o) => o.state === "waiting");
    assert.equal(asked.outcome?.code, "stack_changed");
    assert.match(asked.outcome!.message, /3\.0\.0/);
    await until("the survey", async () => (await teal.tenant("globex")).attention?.code === "stack_changed");
    const environment = await teal.accepted<EnvironmentView>("GET", "/v1/environments/develop");
    assert.deepEqual(environment.unknownStacks, ["initech"]);
    assert.deepEqual(await teal.split("acme", 20), { "3.0.0": 20 });

    const kept = await teal.decide<DriftView>("acme", "drift/keep", await teal.drift("acme"));
    assert.deepEqual([kept.drifted, kept.items], [false, []], JSON.stringify(kept));
    const ended = await teal.operation(stale.id);
    assert.deepEqual([ended.state, ended.outcome?.code], ["cancelled", "kept_as_found"]);
    const acme = await teal.tenant("acme");
    assert.equal(acme.release, "3.0.0");

    const globex = await teal.decide<DriftView>("globex", "drift/keep", await teal.drift("globex"));
    assert.deepEqual([globex.drifted, globex.items], [false, []], JSON.stringify(globex));
    const { config, secretNames } = await teal.tenant("globex");
    assert.deepEqual([config, secretNames], [{ color: "red" }, ["token"]]);

    // A tenant of the lost hour: made again under its name, its stack is found and taken over.
    const again = await teal.when(await teal.provision("initech", "1.0.0"), "a question", (o) => o.state === "waiting");
    assert.equal(again.outcome?.code, "stack_changed");
    await teal.decide("initech", "drift/keep", await teal.drift("initech"));
    assert.equal((await teal.tenant("initech")).release, "3.0.0");
    assert.equal((await teal.operation(again.id)).state, "succeeded");

    for (const id of ["acme", "globex", "initech"]) {
      const rollout = await teal.ending(await teal.rollout(id, "2.0.0"));
      assert.equal(rollout.state, "succeeded", JSON.stringify(rollout));
      assert.equal((await teal.visit(id)).body.version, "2.0.0");
    }
  });
});
