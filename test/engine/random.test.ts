import assert from "node:assert/strict";
import { randomPackage } from "../../engine/providers/random/package.ts";
import type { OperationContext, Provider } from "../../engine/providers/provider.ts";
import type { PropertyMap } from "../../engine/values/property.ts";

const context = (preview = false): OperationContext => ({
  preview,
  timeout: 0,
  signal: new AbortController().signal,
  log: () => undefined,
});
const services = { env: {}, stackOutputs: () => Promise.resolve(undefined) };

describe("random values", () => {
  let provider: Provider;
  const resource = (kind: string) => ({
    urn: "urn",
    name: "x",
    type: `random:index/random${kind}:Random${kind}`,
  });
  const made = async (kind: string, news: PropertyMap) => {
    const { inputs, failures } = await provider.check(resource(kind), undefined, news, context());
    assert.deepEqual([inputs, failures], [news, []]);
    return provider.create(resource(kind), inputs, false, context());
  };

  before(async () => {
    provider = await randomPackage.configure({}, services);
  });

  it("have the outputs of the real provider, and inputs as the program gave them", async () => {
    const pet = await made("Pet", {});
    assert.deepEqual(Object.keys(pet.outputs).sort(), ["id", "length", "separator"]);
    assert.match(pet.id, /^[a-z]+-[a-z]+$/);
    const { outputs } = await made("Password", { length: 12, number: false, minUpper: 2 });
    assert.equal(outputs["__meta"], '{"schema_version":"3"}');
    assert.deepEqual([outputs["numeric"], outputs["number"], outputs["minLower"]], [false, false, 0]);
    assert.doesNotMatch(String(outputs["result"]), /\d/);
    assert.equal((await made("String", { length: 4 })).outputs["__meta"], '{"schema_version":"2"}');
    assert.deepEqual(Object.keys((await made("Integer", { min: 1, max: 3 })).outputs).sort(), [
      "id",
      "max",
      "min",
      "result",
    ]);
  });

  it("shuffle lists, and repeat them where more is asked for", async () => {
    const inputs = ["a", "b", "c"];
    const shuffled = await made("Shuffle", { inputs });
    assert.equal(shuffled.id, "-");
    assert.deepEqual([...(shuffled.outputs["results"] as string[])].sort(), inputs);
    const repeated = (await made("Shuffle", { inputs, resultCount: 7 })).outputs["results"] as string[];
    assert.deepEqual([repeated.length, [...repeated.slice(0, 3)].sort()], [7, inputs]);
    assert.deepEqual((await made("Shuffle", { inputs, resultCount: 0 })).outputs["results"], []);
    assert.deepEqual((await made("Shuffle", { inputs: [] })).outputs["results"], []);
  });

  it("are UUIDs of each version", async () => {
    for (const [kind, version] of [
      ["Uuid", 4],
      ["Uuid4", 4],
      ["Uuid7", 7],
    ] as const) {
      const { id, outputs } = await made(kind, {});
      assert.equal(outputs["result"], id);
      assert.match(id, new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${version}[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`));
    }
    const { id } = await made("Uuid7", {});
    assert.ok(Math.abs(parseInt(id.replaceAll("-", "").slice(0, 12), 16) - Date.now()) < 10_000);
  });

  it("are drawn anew when a keeper changes", async () => {
    const keepers = (value: string): PropertyMap => ({ length: 4, keepers: { a: value, b: "1" } });
    const { id, outputs } = await made("String", keepers("1"));
    const old = { id, inputs: keepers("1"), outputs };
    const same = await provider.diff(resource("String"), old, keepers("1"), [], context());
    assert.equal(same.changes, false);
    const diff = await provider.diff(resource("String"), old, keepers("2"), [], context());
    assert.deepEqual(diff.replaceKeys, ["keepers"]);
    assert.deepEqual(diff.detailed, { "keepers.a": { kind: "update-replace", inputDiff: true } });
  });

  it("from a seed are left to the real provider", async () => {
    for (const [kind, news] of [
      ["Shuffle", { inputs: [], seed: "a" }],
      ["Integer", { min: 1, max: 2, seed: "a" }],
    ] as const)
      await assert.rejects(async () => provider.check(resource(kind), undefined, news, context()), {
        code: "engine_unsupported",
      });
  });
});
