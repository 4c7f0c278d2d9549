import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { Bench } from "./bench.ts";
import { MemProvider, Thing } from "./things.ts";

describe("replacements", () => {
  let bench: Bench;
  let key = "1";
  beforeEach(async () => {
    bench = await Bench.open();
    key = "1";
  });
  afterEach(() => bench.close());

  const replaced = async () => {
    await bench.up();
    bench.calls();
    key = "2";
    return bench.up();
  };

  it("make the new one first, and remove the old one at the end", async () => {
    bench.program = () => {
      const a = new Thing("a", { key, value: key });
      new Thing("b", { value: a.echo });
    };
    const { ops, changes } = await replaced();
    assert.deepEqual(ops, ["create-replacement a", "replace a", "update b", "delete-replaced a"]);
    assert.deepEqual(changes, { same: 1, replace: 1, update: 1 });
  });

  it("that delete first take with them what a changed property would replace, and nothing else", async () => {
    bench.program = () => {
      const a = new Thing("a", { key, value: key }, { deleteBeforeReplace: true });
      new Thing("keyed", { key: a.echo as never });
      new Thing("valued", { value: a.echo });
      new Thing("after", {}, { dependsOn: a });
    };
    const { ops } = await replaced();
    assert.deepEqual(ops.slice(0, 4), [
      "delete-replaced keyed",
      "delete-replaced a",
      "replace a",
      "create-replacement a",
    ]);
    assert.deepEqual(ops.slice(4).sort(), ["create-replacement keyed", "replace keyed", "update valued"]);
    assert.deepEqual((await bench.names()).sort(), ["a", "after", "keyed", "valued"]);
  });

  describe("that delete first, of something that another no longer depends on", () => {
    const freed = async () => {
      const a = new Thing("a", { key, value: key }, { deleteBeforeReplace: true });
      // Asked for while what the replacement of `a` takes with it is being deleted.
      await setTimeout(10);
      new Thing("keyed", { key: key === "1" ? (a.echo as never) : key });
    };

    it("have it made anew when it is gone, and not before", async () => {
      bench.program = freed;
      bench.things.delay = 50;
      await replaced();
      assert.deepEqual(bench.calls().slice(0, 2), ["delete keyed", "delete a"]);
      assert.deepEqual((await bench.names()).sort(), ["a", "keyed"]);
    });

    for (const continueOnError of [false, true])
      it(`leave it as it was where it can't be deleted${continueOnError ? ", and go on" : ""}`, async () => {
        bench.program = freed;
        bench.things.delay = 50;
        bench.things.trouble = (call) => (call === "delete" ? "fail" : undefined);
        await bench.up();
        bench.calls();
        key = "2";
        assert.ok((await bench.up({ continueOnError })).failed);
        assert.deepEqual(bench.calls(), ["delete keyed"]);
        assert.deepEqual([...bench.things.objects.keys()].sort(), ["a-1", "keyed-2"]);
        bench.things.trouble = () => undefined;
        await bench.up();
        assert.deepEqual((await bench.names()).sort(), ["a", "keyed"]);
        assert.equal(bench.things.objects.size, 2);
      });
  });

  it("that delete first take what an earlier run could not delete before", async () => {
    let value = "1";
    bench.program = () => {
      const a = new Thing("a", { key }, { deleteBeforeReplace: true });
      new Thing("keyed", { key: a.id, value }, { replaceOnChanges: ["value"] });
    };
    await bench.up();
    value = "2";
    bench.things.trouble = (call) => (call === "delete" ? "fail" : undefined);
    assert.ok((await bench.up()).failed);
    bench.things.trouble = () => undefined;
    key = "2";
    const { ops, changes } = await bench.up();
    assert.deepEqual(ops.slice(0, 3), ["delete keyed", "delete-replaced keyed", "delete-replaced a"]);
    assert.deepEqual(changes, { same: 1, delete: 1, replace: 2 });
    assert.deepEqual([...bench.things.objects.keys()].sort(), ["a-4", "keyed-5"]);
  });

  it("that deleted first and go on as creating first tell of the deletion, and do not do it again", async () => {
    let first = true;
    bench.program = () => new Thing("a", { key }, { deleteBeforeReplace: first });
    bench.things.trouble = (call) => (call === "create" && key === "2" ? "fail" : undefined);
    assert.ok((await replaced()).failed);
    [key, first] = ["1", false];
    bench.calls();
    assert.deepEqual((await bench.preview()).ops, ["create-replacement a", "replace a", "delete-replaced a"]);
    const { ops, changes } = await bench.up();
    assert.deepEqual(ops, ["create-replacement a", "replace a", "delete-replaced a"]);
    assert.deepEqual(changes, { same: 1, replace: 1 });
    assert.deepEqual(bench.calls(), ["create a"]);
    assert.deepEqual(await bench.names(), ["a"]);
  });

  it("stop at a dependant that is protected", async () => {
    bench.program = () => {
      const a = new Thing("a", { key, value: key }, { deleteBeforeReplace: true });
      new Thing("keyed", { key: a.echo as never }, { protect: true });
    };
    const { ops, errors } = await replaced();
    assert.deepEqual([ops, errors.length], [[], 1]);
    assert.match(errors[0]!, /unable to replace resource .*keyed.* as part of replacing/);
  });

  it("are refused of what is protected; a preview shows them all the same", async () => {
    bench.program = () => new Thing("a", { key }, { protect: true });
    await bench.up();
    key = "2";
    const preview = await bench.preview();
    assert.deepEqual(preview.ops, ["create-replacement a", "replace a", "delete-replaced a"]);
    assert.match(preview.errors[0]!, /unable to replace resource/);
    assert.ok(preview.failed);
    assert.deepEqual((await bench.up()).ops, []);
    bench.program = () => new Thing("a", { key });
    assert.deepEqual((await bench.up()).failed, undefined);
  });

  it("follow replaceWith, deletedWith and a trigger", async () => {
    bench.program = () => {
      const a = new Thing("a", { key });
      new Thing("with", {}, { replaceWith: [a] });
      new Thing("inside", {}, { deletedWith: a });
      new Thing("triggered", {}, { replacementTrigger: key });
      new Thing("still", {}, { replacementTrigger: "same" });
    };
    const { changes, failed } = await replaced();
    assert.deepEqual([failed, changes], [undefined, { same: 2, replace: 4 }]);
    assert.deepEqual(
      bench
        .calls()
        .filter((call) => call.startsWith("delete"))
        .sort(),
      ["delete a", "delete triggered", "delete with"],
    );
    assert.deepEqual((await bench.up()).changes, { same: 6 });
    assert.equal((await bench.state())["triggered"]!["replacementTrigger"], "2");
  });

  it("come of replaceOnChanges, by path and by `*`", async () => {
    bench.program = () => {
      new Thing("path", { value: { a: key, b: 1 } }, { replaceOnChanges: ["value.a"] });
      new Thing("elsewhere", { value: { a: 1, b: key } }, { replaceOnChanges: ["value.a"] });
      new Thing("any", { other: key }, { replaceOnChanges: ["*"] });
    };
    assert.deepEqual((await replaced()).changes, { same: 1, replace: 2, update: 1 });
  });

  it("that were left half done are finished by the next update", async () => {
    bench.program = () => new Thing("a", { key });
    await bench.up();
    key = "2";
    bench.things.trouble = (call) => (call === "delete" ? "fail" : undefined);
    const half = await bench.up();
    assert.deepEqual(half.errors.length, 2);
    assert.deepEqual((await bench.names()).sort(), ["a", "a (delete)"]);
    bench.things.trouble = () => undefined;
    assert.deepEqual((await bench.up()).ops, ["delete-replaced a"]);
    assert.deepEqual(await bench.names(), ["a"]);
    assert.equal(bench.things.objects.size, 1);
  });

  it("that deleted first and could not create leave a note of it", async () => {
    bench.program = () => new Thing("a", { key }, { deleteBeforeReplace: true });
    await bench.up();
    key = "2";
    bench.things.trouble = (call) => (call === "create" ? "fail" : undefined);
    await bench.up();
    assert.equal((await bench.state())["a"]!["pendingReplacement"], true);
    bench.things.trouble = () => undefined;
    bench.calls();
    assert.deepEqual((await bench.up()).ops, ["replace a", "create-replacement a"]);
    assert.deepEqual(bench.calls(), ["create a"]);
    assert.equal((await bench.state())["a"]!["pendingReplacement"], undefined);
  });

  it("of a provider that lies elsewhere take its resources along; another configuration does not", async () => {
    let [at, mode] = ["here", "x"];
    bench.program = () => {
      const provider = new MemProvider("p", { at, mode });
      new Thing("a", {}, { provider });
    };
    await bench.up();
    mode = "y";
    assert.deepEqual((await bench.up()).ops, ["update p"]);
    at = "there";
    const moved = await bench.up();
    assert.deepEqual(
      moved.ops.filter((op) => op.endsWith(" a")),
      ["create-replacement a", "replace a", "delete-replaced a"],
    );
    assert.equal(moved.ops.at(-1), "delete-replaced p");
  });
});
