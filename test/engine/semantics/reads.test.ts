import assert from "node:assert/strict";
import { Bench } from "./bench.ts";
import { Thing } from "./things.ts";

describe("resources that another owns", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
    bench.things.objects.set("theirs", { value: "v" });
    bench.things.objects.set("other", { value: "w" });
  });
  afterEach(() => bench.close());

  it("are read, counted only when they changed, and let go when no longer wanted", async () => {
    bench.program = () => ({ echo: Thing.find("a", "theirs").echo });
    const first = await bench.up();
    assert.deepEqual([first.ops, first.changes], [["create app-dev", "read a"], { create: 1 }]);
    const state = (await bench.state())["a"]!;
    assert.deepEqual([state["external"], state["id"], state["created"]], [true, "theirs", undefined]);
    const again = await bench.up({ expectNoChanges: true });
    assert.deepEqual([again.failed, again.changes], [undefined, { same: 1 }]);
    bench.things.objects.set("theirs", { value: "v2" });
    assert.deepEqual((await bench.up()).changes, { same: 1, read: 1 });
    bench.program = () => undefined;
    const gone = await bench.up();
    assert.deepEqual([gone.ops, gone.changes], [["discard a"], { same: 1, discard: 1 }]);
    assert.ok(bench.things.objects.has("theirs"));
  });

  it("that were ours are let go when the id is the same, and replaced when it is not", async () => {
    bench.program = () => new Thing("a", { value: "x" });
    await bench.up();
    const id = (await bench.state())["a"]!["id"] as string;
    bench.calls();
    bench.program = () => Thing.find("a", id);
    assert.deepEqual((await bench.up()).ops, ["read a"]);
    assert.deepEqual(bench.calls(), ["read a"]);
    assert.ok(bench.things.objects.has(id));

    bench.program = () => new Thing("a", { value: "y" });
    const owned = await bench.up();
    assert.deepEqual(owned.ops, ["create-replacement a", "replace a", "discard-replaced a"]);
    assert.ok(bench.things.objects.has(id));

    const ours = (await bench.state())["a"]!["id"] as string;
    bench.program = () => Thing.find("a", "theirs");
    assert.deepEqual((await bench.up()).ops, ["read-replacement a", "replace a", "delete-replaced a"]);
    assert.ok(!bench.things.objects.has(ours));
  });

  it("that are not there fail the update", async () => {
    bench.program = () => Thing.find("a", "missing");
    const told = await bench.up();
    assert.match(told.errors[0]!, /resource 'missing' does not exist/);
    assert.deepEqual(told.errors.at(-1), "update failed");
  });

  it("are unknown in a preview while their id is", async () => {
    bench.program = () => {
      const a = new Thing("a");
      return { echo: Thing.find("b", a.id).echo };
    };
    assert.equal((await bench.preview()).failed, undefined);
    assert.deepEqual(bench.calls(), []);
    assert.equal((await bench.up()).failed, undefined);
  });

  it("are refreshed by their outputs", async () => {
    bench.program = () => Thing.find("a", "theirs");
    await bench.up();
    bench.things.objects.set("theirs", { value: "v2" });
    assert.deepEqual((await bench.refresh()).changes, { same: 1, update: 1 });
    bench.things.objects.delete("theirs");
    assert.deepEqual((await bench.refresh()).changes, { same: 1, delete: 1 });
  });
});
