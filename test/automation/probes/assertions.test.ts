import assert from "node:assert/strict";
import fc from "fast-check";
import { failureOf, valueAt } from "../../../automation/probes/assertions.ts";
import { check as schema, type Check } from "../../../model/check.ts";

const body = JSON.stringify({ version: "2.0.0", ready: true, none: null, count: 0, "a/b": { "~": [1, { x: "y" }] } });
const answer = {
  status: 200,
  headers: { "content-type": "text/html", "set-cookie": ["a", "b"] },
  body,
  milliseconds: 50,
};
const of = (more: object): Check => schema.parse({ path: "/", ...more });
const failing = (more: object, came: object = {}) => failureOf(of(more), { ...answer, ...came });

describe("what a check asserts", () => {
  it("is met by an answer as it wants it", () => {
    const wanted = [
      {},
      { maxMilliseconds: 50 },
      {
        headers: [
          { name: "Content-Type", matches: "^text/" },
          { name: "X-None", exists: false },
        ],
      },
      { headers: [{ name: "set-cookie", equals: "a, b" }] },
      {
        json: [
          { path: "/version", equals: "2.0.0" },
          { path: "/version", matches: "^2\\." },
        ],
      },
      {
        json: [
          { path: "/none", equals: null },
          { path: "/none", exists: true },
          { path: "/count", equals: 0 },
        ],
      },
      {
        json: [
          { path: "/a~1b/~0/1/x", equals: "y" },
          { path: "/a~1b/~0/2", exists: false },
        ],
      },
      {
        json: [
          { path: "", matches: '"ready":true' },
          { path: "/ready", matches: "^true$" },
        ],
      },
    ];
    for (const one of wanted) assert.equal(failing(one), undefined, JSON.stringify(one));
  });

  const cases: [string, object, object, RegExp][] = [
    ["another status", {}, { status: 500 }, /^answered 500, expected 200; its body begins with "\{/],
    ["too slow an answer", { maxMilliseconds: 50 }, { milliseconds: 50.2 }, /^took 51 ms, expected at most 50 ms$/],
    [
      "another header",
      { headers: [{ name: "Content-Type", equals: "x" }] },
      {},
      /^header Content-Type was "text\/html", expected "x"$/,
    ],
    [
      "no header",
      { headers: [{ name: "X-A", matches: "." }] },
      {},
      /^header X-A was not there, expected to match "\."$/,
    ],
    ["a header too many", { headers: [{ name: "set-cookie", exists: false }] }, {}, /expected it not to be there$/],
    [
      "another value",
      { json: [{ path: "/version", equals: "3" }] },
      {},
      /^JSON at "\/version" was "2.0.0", expected "3"$/,
    ],
    ["another type", { json: [{ path: "/count", equals: "0" }] }, {}, /was 0, expected "0"$/],
    ["no value", { json: [{ path: "/version/x", exists: true }] }, {}, /was not there, expected it to be there$/],
    ["an inherited name", { json: [{ path: "/constructor", exists: true }] }, {}, /was not there/],
    [
      "no JSON",
      { json: [{ path: "", exists: true }] },
      { body: "<html>" },
      /^answered what is not JSON; its body begins with "<html>"$/,
    ],
    ["too much", { json: [{ path: "", exists: true }] }, { body: null }, /more than is read/],
  ];
  for (const [name, check, came, expected] of cases) {
    it(`is not met by ${name}, and says what came`, () => assert.match(failing(check, came)!, expected));
  }

  it("shows no more of an answer than helps", () => {
    assert.ok(failing({}, { status: 500, body: "x".repeat(100_000) })!.length < 300);
  });

  it("is not held up by a pattern that takes ages", () => {
    const came = { body: JSON.stringify("a".repeat(40) + "!") };
    const began = performance.now();
    assert.match(failing({ json: [{ path: "", matches: "^(a+)+$" }] }, came)!, /expected to match/);
    assert.ok(performance.now() - began < 2000);
  });

  it("finds what is at a pointer to any value in it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const visit = (at: unknown, pointer: string): void => {
          assert.equal(valueAt(value, pointer), at);
          if (typeof at !== "object" || at === null) return;
          for (const [key, child] of Object.entries(at))
            visit(child, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
        };
        visit(value, "");
      }),
    );
  });

  it("is refused where it means nothing", () => {
    const wrong = [
      { json: [{ path: "/a" }] },
      { json: [{ path: "/a", equals: 1, exists: true }] },
      { json: [{ path: "$.a", equals: 1 }] },
      { json: [{ path: "/a", matches: "(" }] },
      { method: "HEAD", json: [{ path: "/a", exists: true }] },
      { headers: [{ name: "a b", exists: true }] },
      { maxMilliseconds: 0 },
    ];
    for (const one of wrong) assert.equal(schema.safeParse({ path: "/", ...one }).success, false, JSON.stringify(one));
  });
});
