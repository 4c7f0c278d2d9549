import assert from "node:assert/strict";
import { UrnTargets } from "../../../engine/deploy/targets.ts";
import { Bench, urnOf } from "./bench.ts";
import { MemProvider, Thing } from "./things.ts";

describe("targets", () => {
  let bench: Bench;
  let value: number;
  beforeEach(async () => {
    bench = await Bench.open();
    value = 1;
    bench.program = () => {
      const a = new Thing("a", { value });
      new Thing("b", { value: a.echo });
      new Thing("c", { value });
    };
  });
  afterEach(() => bench.close());

  const changed = async () => {
    await bench.up();
    value = 2;
  };

  it("are patterns too", () => {
    const targets = new UrnTargets(["urn:pulumi:dev::app::mem:index:Thing::a", "urn:pulumi:*::app::**::b*"]);
    assert.ok(targets.has(urnOf("a")) && targets.has(urnOf("bee", "x:y:Z$mem:index:Thing")));
    assert.ok(!targets.has(urnOf("aa")) && !targets.has(urnOf("c")));
  });

  it("are all that an update touches", async () => {
    await changed();
    assert.deepEqual((await bench.up({ target: [urnOf("a")] })).ops, ["update a"]);
    assert.deepEqual([...(await bench.up()).ops].sort(), ["update b", "update c"]);
  });

  it("bring their dependants along where asked to", async () => {
    await changed();
    const { ops } = await bench.up({ target: [urnOf("a")], targetDependents: true });
    assert.deepEqual(ops, ["update a", "update b"]);
  });

  it("leave out what is new; what needs that can't be made", async () => {
    await bench.up({ target: [urnOf("c")] });
    assert.deepEqual(await bench.names(), ["c"]);
    const told = await bench.up({ target: [urnOf("b")] });
    assert.match(told.errors[0]!, /b' depends on '.*a' which was was not specified in --target list/);
    assert.deepEqual(await bench.names(), ["c"]);
    const preview = await bench.preview({ target: [urnOf("b")] });
    assert.ok(preview.failed);
    assert.deepEqual(preview.ops, ["create b"]);
  });

  it("can't be made with what an exception leaves out", async () => {
    assert.equal((await bench.preview({ exclude: [urnOf("a")] } as never)).failed, undefined);
    const told = await bench.up({ exclude: [urnOf("a")] } as never);
    assert.match(told.errors[0]!, /b' depends on '.*a' which is left out by --exclude/);
    assert.ok(!(await bench.names()).includes("b"));
    assert.equal((await bench.up()).failed, undefined);
  });

  it("that are deleted first have what goes with them made again, as it was", async () => {
    bench.program = () => {
      const a = new Thing("a", { key: String(value) }, { deleteBeforeReplace: true });
      new Thing("keyed", { key: a.id, value });
    };
    await changed();
    bench.calls();
    const { ops, changes } = await bench.up({ target: [urnOf("a")] });
    const deleted = ["delete-replaced keyed", "delete-replaced a"];
    const made = ["replace a", "create-replacement a", "replace keyed", "create-replacement keyed"];
    assert.deepEqual(ops, [...deleted, ...made]);
    assert.deepEqual(changes, { same: 1, replace: 2 });
    assert.deepEqual(bench.calls(), ["delete keyed", "delete a", "create a", "create keyed"]);
    const { keyed } = await bench.state();
    assert.deepEqual(keyed!["inputs"], { key: "a-1", value: 1 });
    assert.ok(bench.things.objects.has(keyed!["id"] as string));
  });

  it("can't go along with a change of the providers of what stays as it was", async () => {
    bench.program = () => {
      const provider = new MemProvider(`provider${value}`);
      new Thing("a", { value }, { provider });
      new Thing("b", { value }, { provider });
    };
    await changed();
    const told = await bench.up({ target: [urnOf("a")] });
    assert.match(told.errors[0]!, /provider1::.* for resource .*::b has not been registered yet/);
    assert.equal((await bench.up()).failed, undefined);
  });

  it("leave alone what an earlier run could not delete, and say so", async () => {
    bench.program = () => [new Thing("a", { key: String(value) }), new Thing("c", { value })];
    await changed();
    bench.things.trouble = (call) => (call === "delete" ? "fail" : undefined);
    await bench.up();
    bench.things.trouble = () => undefined;
    const { ops, changes } = await bench.destroy({ target: [urnOf("c")] } as never);
    assert.deepEqual([ops, changes], [["delete c"], { same: 3, delete: 1 }]);
    assert.deepEqual(await bench.names(), ["a", "a (delete)"]);
  });

  it("of an update keep what the program no longer has", async () => {
    await changed();
    bench.program = () => new Thing("c", { value });
    const { ops } = await bench.up({ target: [urnOf("c")] });
    assert.deepEqual(ops, ["update c"]);
    assert.deepEqual((await bench.names()).sort(), ["a", "b", "c"]);
    assert.deepEqual((await bench.up()).ops, ["delete b", "delete a"]);
  });

  it("of a destruction take their dependants only by name or by order", async () => {
    await changed();
    const told = await bench.destroy({ target: [urnOf("a")] } as never);
    assert.match(told.errors[0]!, /b' will be destroyed but was not specified in --target list/);
    assert.equal((await bench.names()).length, 3);
    const { ops } = await bench.destroy({ target: [urnOf("a")], targetDependents: true } as never);
    assert.deepEqual(ops, ["delete b", "delete a"]);
    assert.deepEqual(await bench.names(), ["c"]);
  });

  it("of a refresh are all that is read", async () => {
    await changed();
    bench.calls();
    await bench.refresh({ target: [urnOf("a")] } as never);
    assert.deepEqual(bench.calls(), ["read a"]);
  });

  it("that are not there are an error", async () => {
    await changed();
    const told = await bench.up({ target: [urnOf("nobody")] });
    assert.match(told.errors[0]!, /Target '.*nobody' could not be found in the stack/);
    assert.ok((await bench.destroy({ target: [urnOf("nobody")] } as never)).failed);
  });

  it("can be exceptions", async () => {
    await changed();
    assert.deepEqual((await bench.up({ exclude: [urnOf("a")] })).ops, ["update c"]);
    value = 3;
    assert.deepEqual((await bench.up({ exclude: [urnOf("a")], excludeDependents: true })).ops, ["update c"]);
    const { ops } = await bench.destroy({ exclude: [urnOf("b")] } as never);
    assert.deepEqual(ops, ["delete c"]);
    assert.deepEqual(await bench.names(), ["a", "b"]);
  });

  it("can be made anew by order", async () => {
    await bench.up();
    const { ops } = await bench.up({ replace: [urnOf("c")] });
    assert.deepEqual(ops, ["create-replacement c", "replace c", "delete-replaced c"]);
  });
});
