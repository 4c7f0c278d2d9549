import assert from "node:assert/strict";
import { differences, otherLayouts } from "../../../automation/drift/expected.ts";
import { markKept } from "../../../automation/drift/kept.ts";
import { changesToTell, surpriseIn, type Found, type Known } from "../../../automation/drift/surprise.ts";
import { shifted, type Layout } from "../../../model/layout.ts";
import type { DriftItem } from "../../../model/views.ts";
import { before, move } from "../../model/operations.ts";

const even: Layout = { ...before, weights: { blue: 50, green: 50 } };
const newer: Layout = { ...before, slots: { ...before.slots, blue: { release: "9", revision: 4, scale: "full" } } };
const idle: Known = { layout: before, others: [], splits: [] };
const asLeft: Found = { stack: before, traffic: before.weights };

describe("automation/drift/surprise", () => {
  const cases: [string, Known, Found, string | null][] = [
    ["all as Teal left it", idle, asLeft, null],
    ["traffic moved", idle, { ...asLeft, traffic: { blue: 0, green: 100 } }, "traffic_moved"],
    ["no route", idle, { ...asLeft, traffic: null }, "traffic_moved"],
    ["another release in the stack", idle, { ...asLeft, stack: newer }, "stack_changed"],
    ["other weights in the stack", idle, { stack: even, traffic: even.weights }, "stack_changed"],
    ["no stack", idle, { stack: null, traffic: null }, "stack_changed"],
    ["config of something else", idle, { ...asLeft, stack: "unreadable" }, "stack_changed"],
    [
      "a step that was applied and not written down",
      { ...idle, others: [even], splits: [even] },
      { stack: even, traffic: even.weights },
      null,
    ],
    [
      "the same, applied but not in force yet",
      { ...idle, others: [even], splits: [even] },
      { stack: even, traffic: before.weights },
      null,
    ],
    [
      "traffic at weights of another step",
      { ...idle, others: [even] },
      { ...asLeft, traffic: even.weights },
      "traffic_moved",
    ],
    ["a new tenant without anything", { layout: null, others: [], splits: [] }, { stack: null, traffic: null }, null],
    ["a new tenant half made", { layout: null, others: [before], splits: [] }, { stack: before, traffic: null }, null],
    [
      "a new tenant with somebody's stack",
      { layout: null, others: [before], splits: [] },
      { stack: newer, traffic: null },
      "stack_changed",
    ],
  ];
  for (const [name, known, found, code] of cases) {
    it(`says ${code ?? "nothing"} of ${name}`, () => {
      assert.equal(surpriseIn("acme", known, found)?.code ?? null, code);
    });
  }

  it("names what differs", () => {
    assert.deepEqual(differences(newer, before), [
      "slot blue has release 9 with settings 4, not release 1 with settings 1",
    ]);
    assert.deepEqual(differences(even, before), ["its weights are blue 50 %, green 50 %, not blue 100 %, green 0 %"]);
  });

  it("takes every layout of a move, and what was kept, for possible", () => {
    const kept = { by: "ada", reason: "r", at: "2026-01-01T00:00:00Z", items: [], stack: newer };
    const others = otherLayouts({ moves: [move, null], kept });
    for (const layout of [before, shifted(move, 50), newer]) {
      assert.ok(others.some((one) => differences(one, layout).length === 0));
    }
    assert.ok(!others.some((one) => differences(one, even).length === 0));
  });

  it("tells of objects that nobody has decided to keep", () => {
    const item: DriftItem = {
      id: "1",
      urn: "u",
      kind: "Service",
      name: "blue",
      change: "changed",
      properties: [{ path: "spec" }],
    };
    const kept = { by: "ada", reason: "r", at: "2026-01-01T00:00:00Z", items: ["1"], stack: before };
    assert.equal(changesToTell("acme", []), null);
    assert.equal(changesToTell("acme", markKept([item], kept)), null);
    assert.match(changesToTell("acme", markKept([{ ...item, id: "2" }], kept))!.message, /Service blue changed: spec/);
  });
});
