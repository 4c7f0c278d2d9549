import assert from "node:assert/strict";
import {
  ComponentResource,
  Config,
  StackReference,
  output,
  secret,
  type ComponentResourceOptions,
} from "@pulumi/pulumi";
import { signatures } from "../../../engine/values/signatures.ts";
import { open } from "../stacks.ts";
import { Bench } from "./bench.ts";
import { MemProvider, Thing } from "./things.ts";

class Group extends ComponentResource {
  constructor(name: string, options: ComponentResourceOptions = {}) {
    super("test:index:Group", name, {}, options);
    new Thing(`${name}-child`, {}, { parent: this });
    this.registerOutputs({});
  }
}

type Stored = Readonly<Record<string, unknown>>;
const isSecret = (value: unknown) => JSON.stringify(value).includes(signatures.secret);

describe("options of resources", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  it("ignoreChanges: nested, by wildcard, and not where the parent was added", async () => {
    let now: Record<string, unknown> = { a: 1, b: { c: 1, d: 1 }, list: [{ x: 1 }, { x: 1 }] };
    const ignoreChanges = ["value.b.c", "value.list[*].x", "value.new.inner", "value.added"];
    bench.program = () => new Thing("a", { value: now }, { ignoreChanges });
    await bench.up();
    now = { a: 1, b: { c: 2, d: 1 }, list: [{ x: 2 }, { x: 3 }], added: true };
    assert.deepEqual((await bench.up()).ops, []);
    now = { a: 1, b: { c: 3, d: 2 }, list: [{ x: 2 }, { x: 3 }] };
    const { ops } = await bench.up();
    assert.deepEqual(ops, ["update a"]);
    const { value } = (await bench.state())["a"]!["inputs"] as { value: unknown };
    assert.deepEqual(value, { a: 1, b: { c: 1, d: 2 }, list: [{ x: 1 }, { x: 1 }] });
  });

  it("ignoreChanges says where it can't be done", async () => {
    let now: Record<string, unknown> = { list: [1, 2] };
    bench.program = () => new Thing("a", { value: now }, { ignoreChanges: ["value.list[1]"] });
    await bench.up();
    now = { list: [1] };
    const told = await bench.up();
    const said = told.events.flatMap(({ diagnosticEvent: event }) =>
      event?.severity === "info" ? [event.message] : [],
    );
    assert.match(said.join(), /cannot ignore changes in added or removed elements of the path: "value.list\[1\]"/);
    assert.deepEqual(told.ops, ["update a"]);
  });

  it("protect: inherited, kept from deletion, and lifted with the option", async () => {
    bench.program = () => new Group("g", { protect: true });
    await bench.up();
    assert.equal((await bench.state())["g-child"]!["protect"], true);
    bench.program = () => undefined;
    const told = await bench.up();
    assert.match(told.errors[0]!, /cannot be deleted\nbecause it is protected/);
    assert.equal(told.errors.at(-1), "update failed");
    assert.deepEqual((await bench.names()).sort(), ["g", "g-child"]);
    assert.ok((await bench.destroy()).failed);
    bench.program = () => new Group("g");
    await bench.up();
    bench.program = () => undefined;
    assert.deepEqual((await bench.up()).changes, { same: 1, delete: 2 });
  });

  it("protect keeps what the protected resource needs, and nothing else", async () => {
    bench.program = () => {
      const a = new Thing("a");
      new Thing("safe", { value: a.echo }, { protect: true });
      new Thing("b");
    };
    await bench.up();
    const told = await bench.destroy();
    assert.ok(told.failed);
    assert.deepEqual((await bench.names()).sort(), ["a", "safe"]);
  });

  it("retainOnDelete: what is forgotten stays, and children inherit it", async () => {
    bench.program = () => new Group("g", { retainOnDelete: true } as never);
    await bench.up();
    await bench.destroy();
    assert.deepEqual([await bench.names(), bench.things.objects.size], [[], 1]);
  });

  it("deletedWith: what goes with another is not deleted by itself", async () => {
    bench.program = () => {
      const a = new Thing("a");
      new Thing("b", {}, { deletedWith: a });
    };
    await bench.up();
    bench.calls();
    const { ops } = await bench.destroy();
    assert.deepEqual(ops.slice(0, 2), ["delete b", "delete a"]);
    assert.deepEqual(bench.calls(), ["delete a"]);
  });

  it("additionalSecretOutputs: at once, and when it comes later", async () => {
    const seen: boolean[] = [];
    let secretOutputs: string[] = [];
    bench.program = () => {
      const a = new Thing("a", {}, { additionalSecretOutputs: secretOutputs });
      void (output(a.secretive) as unknown as { isSecret: Promise<boolean> }).isSecret.then((is) => seen.push(is));
      return { secretive: a.secretive };
    };
    await bench.up();
    secretOutputs = ["secretive"];
    await bench.up();
    assert.deepEqual(seen.slice(-2), [false, true]);
    assert.ok(isSecret(((await bench.state())["a"]!["outputs"] as Stored)["secretive"]));
    assert.equal((await bench.stack.outputs())["secretive"]!.secret, true);
  });

  it("a secret input makes the output of its name secret", async () => {
    bench.program = () => new Thing("a", { value: secret("hidden-value") });
    await bench.up();
    assert.ok(isSecret(((await bench.state())["a"]!["outputs"] as Stored)["value"]));
  });

  it("customTimeouts and hideDiffs are kept in state", async () => {
    bench.program = () => new Thing("a", {}, { customTimeouts: { create: "2m", delete: "90s" }, hideDiffs: ["value"] });
    await bench.up();
    const { customTimeouts, hideDiff } = (await bench.state())["a"]!;
    assert.deepEqual([customTimeouts, hideDiff], [{ create: 120, delete: 90 }, ["value"]]);
  });

  it("dependsOn a component waits for its children", async () => {
    bench.things.delay = 5;
    bench.program = () => {
      const group = new Group("g");
      new Thing("after", {}, { dependsOn: group });
    };
    await bench.up();
    assert.deepEqual(bench.calls(), ["create g-child", "create after"]);
    await bench.destroy();
    assert.deepEqual(bench.calls(), ["delete after", "delete g-child"]);
  });

  it("providers of a component are for its children", async () => {
    bench.program = () => {
      const provider = new MemProvider("p", { at: "x" });
      new Group("g", { providers: { mem: provider } });
      new Group("h", { provider });
    };
    await bench.up();
    const state = await bench.state();
    for (const name of ["g-child", "h-child"]) assert.match(String(state[name]!["provider"]), /::p::/);
    assert.ok(!Object.keys(state).includes("default"));
  });

  it("default providers take config, secrets as secrets; and can be forbidden", async () => {
    bench.program = () => new Thing("a");
    await bench.stack.setAllConfig({
      "mem:at": { value: "here" },
      "mem:token": { value: "t0ken-value", secret: true },
    });
    await bench.up();
    const inputs = (await bench.state())["default"]!["inputs"] as Stored;
    assert.equal(inputs["at"], "here");
    assert.ok(isSecret(inputs["token"]));
    await bench.stack.setConfig("pulumi:disable-default-providers", { value: '["mem"]' });
    assert.match((await bench.up()).errors[0]!, /Default provider for 'mem' disabled/);
  });

  it("stack references: by short and full name, and an error for a stack that is not", async () => {
    const other = await open({
      home: bench.home,
      stack: "other",
      program: async () => ({ said: new Config().get("x") ?? "hi" }),
    });
    await other.up();
    bench.program = () => ({ said: new StackReference("organization/app/other").getOutput("said") });
    const { failed } = await bench.up();
    assert.equal(failed, undefined);
    const state = (await bench.state())["organization/app/other"]!;
    assert.deepEqual([state["external"], state["id"]], [true, "organization/app/other"]);
    assert.equal((await bench.stack.outputs())["said"]!.value, "hi");
    bench.program = () => new StackReference("organization/app/none");
    assert.match((await bench.up()).errors[0]!, /unknown stack/);
  });

  it("parents that are gone from the program take their place in the order of deletion", async () => {
    bench.program = () => {
      const group = new Group("g");
      new Thing("inner", {}, { parent: group });
    };
    await bench.up();
    assert.deepEqual((await bench.destroy()).ops.slice(-2), ["delete g", "delete app-dev"]);
  });
});
