import assert from "node:assert/strict";
import {
  ComponentResource,
  type Alias,
  type ComponentResourceOptions,
  type CustomResourceOptions,
} from "@pulumi/pulumi";
import { Bench, urnOf } from "./bench.ts";
import { Thing } from "./things.ts";

class Group extends ComponentResource {
  constructor(
    name: string,
    options: ComponentResourceOptions = {},
    child = `${name}-child`,
    childOptions: CustomResourceOptions = {},
  ) {
    super("test:index:Group", name, {}, options);
    new Thing(child, {}, { parent: this, ...childOptions });
    this.registerOutputs({ name });
  }
}

describe("aliases", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  const changed = async (before: () => unknown, after: () => unknown) => {
    bench.program = before;
    assert.equal((await bench.up()).failed, undefined);
    bench.program = after;
    const told = await bench.up();
    assert.deepEqual((await bench.up()).ops, [], "a second update changes nothing");
    return told;
  };
  const kept: readonly [string, Alias | string][] = [
    ["name", { name: "old" }],
    ["URN", urnOf("old")],
    ["name and no parent", { name: "old", parent: undefined } as never],
  ];
  for (const [by, alias] of kept)
    it(`find a resource by ${by}`, async () => {
      const { ops, changes } = await changed(
        () => new Thing("old", { value: 1 }),
        () => new Thing("new", { value: 1 }, { aliases: [alias] }),
      );
      assert.deepEqual([ops, changes], [[], { same: 2 }]);
      assert.deepEqual(await bench.names(), ["new"]);
    });

  it("without them a renamed resource is another", async () => {
    const { ops } = await changed(
      () => new Thing("old"),
      () => new Thing("new"),
    );
    assert.deepEqual(ops, ["create new", "delete old"]);
  });

  it("are inherited by children, whose names follow their parent's", async () => {
    const { ops } = await changed(
      () => new Group("old"),
      () => new Group("new", { aliases: [{ name: "old" }] }),
    );
    assert.deepEqual(ops, []);
  });

  it("of a child hold together with its parent's", async () => {
    const { ops } = await changed(
      () => new Group("old", {}, "x"),
      () => new Group("new", { aliases: [{ name: "old" }] }, "y", { aliases: [{ name: "x" }] }),
    );
    assert.deepEqual(ops, []);
  });

  it("find what had no parent, or another", async () => {
    const moved = await changed(
      () => new Thing("a"),
      () => new Group("g", {}, "a", { aliases: [{ parent: undefined } as never] }),
    );
    assert.deepEqual(moved.ops, ["create g"]);
    const back = await changed(
      () => new Group("g", {}, "a", { aliases: [{ parent: undefined } as never] }),
      () => new Thing("a", {}, { aliases: [urnOf("a", "test:index:Group$mem:index:Thing")] }),
    );
    assert.deepEqual(back.ops, ["delete g"]);
  });

  it("can't be claimed twice, nor by one while the other is still there", async () => {
    bench.program = () => new Thing("old");
    await bench.up();
    bench.program = () => {
      new Thing("one", {}, { aliases: [{ name: "old" }] });
      new Thing("two", {}, { aliases: [{ name: "old" }] });
    };
    assert.match((await bench.up()).errors[0]!, /Duplicate resource alias/);
    bench.program = () => new Thing("old");
    assert.equal((await bench.up()).failed, undefined);
    bench.program = () => {
      new Thing("old");
      new Thing("one", {}, { aliases: [{ name: "old" }] });
    };
    assert.match((await bench.up()).errors[0]!, /Duplicate resource alias/);
    bench.program = () => [new Thing("old"), new Thing("old")];
    assert.match((await bench.up()).errors[0]!, /Duplicate resource URN/);
  });
});
