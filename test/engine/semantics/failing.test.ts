import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Bench, urnOf } from "./bench.ts";
import { Thing } from "./things.ts";

describe("failures", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  it("of one leave the others that run to end, and what depends on it unmade", async () => {
    bench.things.delay = 20;
    bench.things.trouble = (call, name) => (call === "create" && name === "bad" ? "fail" : undefined);
    bench.program = () => {
      const bad = new Thing("bad");
      new Thing("good");
      new Thing("after", { value: bad.echo });
    };
    const told = await bench.up();
    assert.deepEqual(told.errors, ["bad can't be had", "update failed"]);
    assert.deepEqual(await bench.names(), ["good"]);
    bench.things.trouble = () => undefined;
    assert.deepEqual((await bench.up()).changes, { create: 2, same: 2 });
  });

  it("are gone around with continueOnError", async () => {
    bench.things.trouble = (call, name) => (call === "create" && name === "bad" ? "fail" : undefined);
    bench.program = () => new Thing("old");
    await bench.up();
    bench.program = () => {
      const bad = new Thing("bad");
      new Thing("after", { value: bad.echo });
      const good = new Thing("good");
      new Thing("then", { value: good.echo });
    };
    const told = await bench.up({ continueOnError: true });
    assert.ok(told.failed);
    assert.deepEqual((await bench.names()).sort(), ["good", "then"]);
    assert.equal(told.errors[0], "bad can't be had");
  });

  it("to become ready keep what there is, and the next update goes on", async () => {
    bench.things.trouble = () => "unready";
    bench.program = () => new Thing("a", { value: 1 });
    assert.ok((await bench.up()).failed);
    assert.deepEqual((await bench.state())["a"]!["initErrors"], ["not ready yet"]);
    bench.program = () => new Thing("a", { value: 2 });
    assert.ok((await bench.up()).failed);
    assert.deepEqual(((await bench.state())["a"]!["inputs"] as { value: number }).value, 1);
    bench.things.trouble = () => undefined;
    assert.deepEqual((await bench.up()).ops, ["update a"]);
    assert.equal((await bench.state())["a"]!["initErrors"], undefined);
    assert.deepEqual((await bench.up()).ops, []);
  });

  it("to become ready replace, where `#initerror` is among replaceOnChanges", async () => {
    bench.things.trouble = () => "unready";
    bench.program = () => new Thing("a", {}, { replaceOnChanges: ["#initerror"] });
    await bench.up();
    bench.things.trouble = () => undefined;
    assert.deepEqual((await bench.up()).ops, ["create-replacement a", "replace a", "delete-replaced a"]);
  });

  it("of a deletion end the update, and what the resource needs stays", async () => {
    bench.program = () => {
      const a = new Thing("a");
      new Thing("b", { value: a.echo });
    };
    await bench.up();
    bench.things.trouble = (call, name) => (call === "delete" && name === "b" ? "fail" : undefined);
    const told = await bench.destroy();
    assert.deepEqual(told.errors, ["b can't be had", "update failed"]);
    assert.deepEqual(await bench.names(), ["a", "b"]);
    bench.things.trouble = () => undefined;
    assert.equal((await bench.destroy()).failed, undefined);
  });

  it("of a check are told with the property, and no value that is secret", async () => {
    bench.program = () => new Thing("a", { value: "bad" });
    const told = await bench.up();
    assert.deepEqual(told.errors, ["mem:index:Thing resource 'a': property value value {bad} has a problem: a is bad"]);
    assert.deepEqual(bench.calls(), []);
  });

  it("bound how many steps run at once by `parallel`", async () => {
    bench.things.delay = 5;
    bench.program = () => void Array.from({ length: 6 }, (_, i) => new Thing(`a${i}`));
    await bench.up({ parallel: 2 });
    assert.equal(bench.things.most, 2);
    await bench.destroy({ parallel: 1 });
    bench.things.most = 0;
    bench.program = () => undefined;
    assert.deepEqual(await bench.names(), []);
  });

  it("are what a stop by signal is: what runs ends, nothing more begins, and the state is whole", async () => {
    bench.things.delay = 60;
    const abort = new AbortController();
    bench.program = () => {
      const a = new Thing("a");
      new Thing("b", { value: a.echo });
    };
    void sleep(40).then(async () => {
      while (!bench.things.calls.includes("create a")) await sleep(2);
      abort.abort();
    });
    const told = await bench.up({ signal: abort.signal });
    assert.match(String(told.failed), /cancell?ed/);
    assert.deepEqual(told.errors.at(-1), "update canceled");
    assert.deepEqual(await bench.names(), ["a"]);
    assert.deepEqual((await bench.up()).changes, { create: 1, same: 2 });
  });

  it("of expectations: no changes were expected", async () => {
    bench.program = () => new Thing("a");
    assert.match(String((await bench.up({ expectNoChanges: true })).failed), /no changes were expected/);
    assert.equal((await bench.up({ expectNoChanges: true })).failed, undefined);
  });
});

describe("refresh", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  it("forgets what has vanished, and every mention of it", async () => {
    bench.program = () => {
      const a = new Thing("a");
      new Thing("b", { value: a.echo }, { dependsOn: a });
    };
    await bench.up();
    bench.things.objects.delete("a-1");
    assert.deepEqual((await bench.refresh()).changes, { same: 2, delete: 1 });
    const { b } = await bench.state();
    assert.deepEqual([b!["dependencies"], b!["propertyDependencies"]], [undefined, undefined]);
    assert.deepEqual((await bench.up()).changes, { create: 1, same: 2 });
  });

  it("finds drift, which the next update sets right; of itself it does not count in an update", async () => {
    bench.program = () => new Thing("a", { value: 1 });
    await bench.up();
    bench.things.objects.set("a-1", { value: 7 });
    const told = await bench.up({ refresh: true });
    assert.deepEqual(told.changes, { same: 1, update: 1 });
    const outcomes = told.events.flatMap(({ resOutputsEvent: event }) =>
      event && event.metadata.urn === urnOf("a") ? [event.metadata.op] : [],
    );
    assert.deepEqual(outcomes, ["refresh", "update"]);
    assert.deepEqual(bench.things.objects.get("a-1"), { value: 1 });
    bench.things.objects.delete("a-1");
    assert.equal((await bench.destroy({ refresh: true })).failed, undefined);
  });
});
