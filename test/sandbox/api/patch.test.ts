import assert from "node:assert/strict";
import fc from "fast-check";
import { isObject, type JsonObject } from "../../../sandbox/api/json.ts";
import { jsonPatched } from "../../../sandbox/api/jsonPatch.ts";
import { mergePatched, strategicPatched } from "../../../sandbox/api/mergePatch.ts";
import { kindNamed } from "../../../sandbox/api/kinds.ts";
import { shapeOf } from "../../../sandbox/api/schema.ts";

describe("patches", () => {
  it("does each operation of a JSON patch", () => {
    const document = { a: { list: [1, 2], "x/y": "z" } };
    const patched = jsonPatched(document, [
      { op: "add", path: "/a/list/1", value: 9 },
      { op: "add", path: "/a/list/-", value: 3 },
      { op: "remove", path: "/a/list/0" },
      { op: "replace", path: "/a/x~1y", value: "w" },
      { op: "copy", from: "/a/list", path: "/b" },
      { op: "move", from: "/a/list", path: "/c" },
      { op: "test", path: "/b", value: [9, 2, 3] },
    ]);
    assert.deepEqual(patched, { a: { "x/y": "w" }, b: [9, 2, 3], c: [9, 2, 3] });
    assert.deepEqual(document, { a: { list: [1, 2], "x/y": "z" } });
  });

  it("refuses a JSON patch that does not fit", () => {
    const operations: unknown[] = [
      { op: "remove", path: "/zz" },
      { op: "replace", path: "/zz", value: 1 },
      { op: "add", path: "/list/7", value: 1 },
      { op: "test", path: "/list", value: [] },
      { op: "remove", path: "" },
      { op: "leap", path: "/list" },
      { op: "add", path: "list", value: 1 },
      "add",
    ];
    for (const operation of operations) {
      assert.throws(() => jsonPatched({ list: [1] }, [operation]), { reason: "Invalid" }, JSON.stringify(operation));
    }
    assert.throws(() => jsonPatched({}, { op: "add" }), { reason: "Invalid" });
  });

  it("merges as RFC 7386 says: applied twice is applied once, and no null stays", () => {
    const tree = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.integer(),
        fc.constant(null),
        fc.dictionary(fc.constantFrom("a", "b", "c"), tie("tree")),
      ),
    })).tree;
    fc.assert(
      fc.property(tree, fc.dictionary(fc.constantFrom("a", "b", "c"), tree), (target, patch) => {
        const once = mergePatched(target, patch) as JsonObject;
        assert.deepEqual(mergePatched(once, patch), once);
        for (const [key, value] of Object.entries(patch)) {
          if (value === null) assert.ok(!(key in once));
          else if (!isObject(value)) assert.deepEqual(once[key], value);
        }
      }),
    );
  });

  it("merges lists by their keys strategically, and obeys $patch", () => {
    const shape = shapeOf(kindNamed("Pod"));
    const pod = {
      spec: {
        containers: [
          { name: "a", image: "1", env: [{ name: "X", value: "1" }] },
          { name: "b", image: "1" },
        ],
        args: [1, 2],
      },
    };
    const patched = strategicPatched(
      pod,
      {
        spec: {
          containers: [
            { name: "a", image: "2", env: [{ name: "Y", value: "2" }] },
            { name: "b", $patch: "delete" },
            { name: "c", image: "3" },
          ],
          args: [3],
          $setElementOrder: "ignored",
        },
      },
      shape,
    );
    assert.deepEqual(patched, {
      spec: {
        containers: [
          {
            name: "a",
            image: "2",
            env: [
              { name: "X", value: "1" },
              { name: "Y", value: "2" },
            ],
          },
          { name: "c", image: "3" },
        ],
        args: [3],
      },
    });
    const replaced = strategicPatched(
      { metadata: { labels: { a: "1" } } },
      { metadata: { labels: { $patch: "replace", b: "2" } } },
      shape,
    );
    assert.deepEqual(replaced, { metadata: { labels: { b: "2" } } });
  });
});
