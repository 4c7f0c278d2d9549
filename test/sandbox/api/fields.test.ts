import assert from "node:assert/strict";
import fc from "fast-check";
import { merged, pruned } from "../../../sandbox/api/apply.ts";
import { difference, fieldsOf, intersection, isEmptySet, minus, pathsOf, union } from "../../../sandbox/api/fields.ts";
import { sameJson } from "../../../sandbox/api/json.ts";
import type { Shape } from "../../../sandbox/api/schema.ts";

const shape: Shape = {
  fields: {
    items: { keys: ["name"], item: { fields: { tags: { set: true } } } },
    whole: { atomic: true },
  },
};

const scalar = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom("a", "b"));
const small = fc.dictionary(fc.constantFrom("p", "q", "r"), scalar, { minKeys: 1, maxKeys: 3 });
const named = fc.record(
  {
    name: fc.constantFrom("x", "y", "z"),
    size: scalar,
    tags: fc.uniqueArray(fc.constantFrom("t", "u"), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ["name"] },
);
const configuration = fc.record(
  {
    items: fc.uniqueArray(named, { selector: (item) => item.name, minLength: 1, maxLength: 3 }),
    map: small,
    whole: small,
    list: fc.array(scalar, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

describe("field sets and the merge of server-side apply", () => {
  it("names every field that a value sets", () => {
    const value = { items: [{ name: "x", tags: ["t"] }], map: { p: 1 }, list: [1] };
    assert.deepEqual(pathsOf(fieldsOf(value, shape)), [
      '.items[name="x"]',
      '.items[name="x"].name',
      '.items[name="x"].tags[="t"]',
      ".map.p",
      ".list",
    ]);
  });

  it("keeps the laws of sets", () => {
    fc.assert(
      fc.property(configuration, configuration, (a, b) => {
        const [x, y] = [fieldsOf(a, shape), fieldsOf(b, shape)];
        const paths = (set: typeof x): string[] => pathsOf(set).sort();
        assert.deepEqual(paths(union(x, y)), [...new Set([...paths(x), ...paths(y)])].sort());
        assert.deepEqual(
          paths(intersection(x, y)),
          paths(x).filter((path) => paths(y).includes(path)),
        );
        assert.deepEqual(
          paths(minus(x, y)),
          paths(x).filter((path) => !paths(y).includes(path)),
        );
      }),
    );
  });

  it("merges so that the configuration is in the result, and merging again changes nothing", () => {
    fc.assert(
      fc.property(configuration, configuration, (live, config) => {
        const result = merged(live, config, shape);
        const { changed } = difference(result, merged(result, config, shape), shape);
        assert.ok(isEmptySet(changed));
        assert.deepEqual(pathsOf(minus(fieldsOf(config, shape), fieldsOf(result, shape))), []);
      }),
    );
  });

  it("leaves exactly the second configuration when one manager applies twice", () => {
    fc.assert(
      fc.property(configuration, configuration, (before, after) => {
        const result = pruned(merged(before, after, shape), fieldsOf(before, shape), fieldsOf(after, shape), shape);
        const sorted = (value: typeof after): object => ({
          ...value,
          items: [...(value.items ?? [])]
            .map((item) => ({ ...item, tags: [...(item.tags ?? [])].sort() }))
            .sort((a, b) => a.name.localeCompare(b.name)),
          map: value.map ?? {},
        });
        assert.ok(sameJson(sorted(result as typeof after), sorted(after)), JSON.stringify({ before, after, result }));
      }),
    );
  });
});
