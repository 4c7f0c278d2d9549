import assert from "node:assert/strict";
import { createRequire } from "node:module";
import fc from "fast-check";
import type * as structTypes from "google-protobuf/google/protobuf/struct_pb.js";
import { contains, formatPath, getAt, parsePath, resetAt } from "../../engine/values/path.ts";
import {
  Secret,
  equal,
  hasSecrets,
  unknown,
  withoutSecrets,
  type PropertyMap,
  type Value,
} from "../../engine/values/property.ts";
import { Reader, ReverseWriter, readStruct, writeStruct } from "../../engine/values/protobuf.ts";
import { load, store } from "../../engine/values/stored.ts";
import { fromStruct, toStruct } from "../../engine/values/struct.ts";

const { Struct } = createRequire(import.meta.resolve("@pulumi/pulumi"))(
  "google-protobuf/google/protobuf/struct_pb.js",
) as typeof structTypes;

const key = fc.string({ unit: "grapheme", maxLength: 12 });
const { value } = fc.letrec<{ value: Value; map: PropertyMap }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: "grapheme" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.constant(unknown),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("map"),
    tie("value").map((inner) => new Secret(inner)),
  ),
  map: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));
const maps = fc.dictionary(key, value, { noNullPrototype: true });
const json = fc.dictionary(
  key,
  fc.jsonValue().map((given) => JSON.parse(JSON.stringify(given)) as Value),
  { noNullPrototype: true },
);

function write(map: PropertyMap): Buffer {
  const writer = new ReverseWriter(16);
  writeStruct(writer, map);
  return writer.finish();
}

describe("property values", () => {
  it("travel over the wire and back", () => {
    fc.assert(fc.property(maps, (map) => assert.deepEqual(readStruct(new Reader(write(map))), map)));
  });

  it("are the same in messages that never were bytes", () => {
    fc.assert(
      fc.property(maps, (map) => {
        fc.pre(!JSON.stringify(map).includes("__proto__")); // which the generated classes lose
        const overTheWire = Struct.deserializeBinary(write(map));
        assert.equal(JSON.stringify(toStruct(map).toJavaScript()), JSON.stringify(overTheWire.toJavaScript()));
        assert.deepEqual(toStruct(map).serializeBinary(), overTheWire.serializeBinary());
        assert.deepEqual(fromStruct(overTheWire), map);
      }),
    );
    assert.deepEqual(fromStruct(undefined), {});
  });

  it("are written as the generated classes read them, and read as those write them", () => {
    fc.assert(
      fc.property(json, (map) => {
        fc.pre(!JSON.stringify(map).includes("__proto__")); // which the generated classes lose
        assert.deepEqual(Struct.deserializeBinary(write(map)).toJavaScript(), map);
        const theirs = Buffer.from(Struct.fromJavaScript(map as never).serializeBinary());
        assert.deepEqual(readStruct(new Reader(theirs)), map);
      }),
    );
  });

  it("never bring a reader of garbage to hang or to crash", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          readStruct(new Reader(Buffer.from(bytes)));
        } catch (error) {
          assert.match(String((error as { code?: string }).code), /protobuf_malformed|ERR_|engine_unsupported/);
        }
      }),
    );
  });

  it("lie in state and come back; secrets only sealed there", () => {
    const crypter = {
      encrypt: (text: string) => `~${Buffer.from(text).toString("base64")}`,
      decrypt: (text: string) => Buffer.from(text.slice(1), "base64").toString(),
    };
    fc.assert(
      fc.property(value, (given) => {
        assert.deepEqual(load(store(given, { form: "encrypted", crypter }), crypter), given);
        assert.deepEqual(load(store(given, { form: "plaintext" }), crypter), given);
        assert.equal(hasSecrets(withoutSecrets(given)), false);
      }),
    );
    const sealed = JSON.stringify(store({ a: [new Secret("hunter2")] }, { form: "masked" }));
    assert.ok(!sealed.includes("hunter2") && sealed.includes("[secret]"));
  });

  it("are equal to themselves, unless unknown", () => {
    fc.assert(fc.property(json, (map) => assert.ok(equal(map, structuredClone(map)))));
    assert.equal(equal({ a: unknown }, { a: unknown }), false);
    assert.equal(equal(new Secret(1), 1), false);
  });
});

describe("property paths", () => {
  const parts = fc.array(
    fc.oneof(
      fc.string({ minLength: 1 }).filter((part) => !part.includes("\\") && part !== "*"),
      fc.nat(20),
    ),
    { minLength: 1 },
  );

  it("read what they write", () => {
    fc.assert(fc.property(parts, (path) => assert.deepEqual(parsePath(formatPath(path)), path)));
    assert.deepEqual(parsePath('spec.list[0]["a.b"].c[*]'), ["spec", "list", 0, "a.b", "c", "*"]);
    for (const bad of ["", "a[", "a[x]", "a..b", "a."])
      assert.throws(() => parsePath(bad), { code: "property_path_malformed" }, bad);
  });

  it("tell ancestors", () => {
    assert.ok(contains(parsePath("a[*].b"), parsePath("a[3].b.c")));
    assert.ok(!contains(parsePath("a.b.c"), parsePath("a.b")));
  });

  it("set back what is ignored, and nothing else", () => {
    const old = { spec: { image: "1", list: [{ a: 1, b: 1 }] } };
    const next = { spec: { image: "2", list: [{ a: 2, b: 2 }], extra: true } };
    assert.deepEqual(resetAt(next, old, parsePath("spec.image")).value, { spec: { ...next.spec, image: "1" } });
    assert.deepEqual(resetAt(next, old, parsePath("spec.list[0].a")).value, {
      spec: { ...next.spec, list: [{ a: 1, b: 2 }] },
    });
    assert.deepEqual(resetAt(next, old, parsePath("spec.list[*].b")).value, {
      spec: { ...next.spec, list: [{ a: 2, b: 1 }] },
    });
    assert.deepEqual(resetAt(next, old, parsePath("spec.extra")).value, { spec: { image: "2", list: next.spec.list } });
    assert.equal(getAt(next, parsePath("spec.nothing.at.all")), undefined);
  });
});
