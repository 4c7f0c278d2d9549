import assert from "node:assert/strict";
import { CustomResource, type CustomResourceOptions, type Inputs } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { Bench } from "./bench.ts";
import { Thing } from "./things.ts";

class Foreign extends CustomResource {
  constructor(name: string, inputs: Inputs = {}, options: CustomResourceOptions = {}) {
    super("foreign:index:Thing", name, inputs, options);
  }
}

describe("what this engine does not do", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  const refused = async (program: () => unknown, what: RegExp) => {
    bench.program = program;
    const before = JSON.stringify(await bench.state());
    const { failed } = await bench.up();
    assert.equal((failed as { code?: string }).code, "engine_unsupported", String(failed));
    assert.match(failed!.message, what);
    assert.match(failed!.message, /`cli` engine/);
    assert.deepEqual(
      bench.calls().filter((call) => !call.startsWith("read")),
      [],
    );
    assert.equal(JSON.stringify(await bench.state()), before);
    assert.equal((await bench.stack.history()).length, before === "{}" ? 0 : 1);
  };

  const plain: readonly [string, () => unknown, RegExp][] = [
    ["packages", () => [new Thing("a"), new Foreign("f")], /package `foreign`/],
    ["imports", () => [new Thing("a"), new Thing("b", {}, { import: "id" })], /import/],
    ["transforms", () => [new Thing("a"), new Thing("b", {}, { transforms: [() => undefined] })], /transforms/],
    [
      "hooks",
      () => [new Thing("a"), new Thing("b", {}, { hooks: { beforeCreate: [async () => undefined] } })],
      /hooks/,
    ],
    [
      "functions of packages",
      () => [new Thing("a"), pulumi.runtime.invoke("foreign:index:get", {})],
      /package `foreign`/,
    ],
    ["functions", () => [new Thing("a"), pulumi.runtime.invoke("mem:index:get", {})], /function mem:index:get/],
  ];
  for (const [name, program, what] of plain) {
    it(`${name}: refused before a new stack is touched`, () => refused(program, what));
    it(`${name}: refused before a stack is changed`, async () => {
      bench.program = () => new Thing("z");
      await bench.up();
      bench.calls();
      await refused(program, what);
    });
  }

  it("packages that come with an output of another resource: refused before a new stack is touched", () =>
    refused(() => new Foreign("f", { value: new Thing("a").echo }), /package `foreign`/));

  it("packages in state: refused before anything", async () => {
    bench.program = () => new Thing("z");
    await bench.up();
    const exported = await bench.stack.exportStack();
    const text = JSON.stringify(exported.deployment).replaceAll("mem:index:Thing", "foreign:index:Thing");
    await bench.stack.importStack({ ...exported, deployment: JSON.parse(text) as never });
    for (const { failed } of [await bench.up(), await bench.refresh(), await bench.destroy()])
      assert.equal((failed as { code?: string }).code, "engine_unsupported");
  });
});
