import assert from "node:assert/strict";
import { differences, layoutIn, otherLayouts } from "../../../automation/drift/expected.ts";
import { markKept } from "../../../automation/drift/kept.ts";
import { changesToTell, surpriseIn, type Found, type Known } from "../../../automation/drift/surprise.ts";
import { shifted, type Layout } from "../../../model/layout.ts";
import { newRelease } from "../../../model/release.ts";
import { tenantSettings } from "../../../model/tenant.ts";
import { render } from "../../../automation/render.ts";
import { fromConfig, toStackConfig } from "../../../tenant/config.ts";
import type { DriftItem } from "../../../model/views.ts";
import { before, move } from "../../model/operations.ts";

const even: Layout = { ...before, weights: { blue: 50, green: 50 } };
const newer: Layout = { ...before, slots: { ...before.slots, blue: { release: "9", revision: 4, scale: "full" } } };
const suspended: Layout = { ...before, suspended: "stopped" };
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
    ["a suspended tenant as Teal left it", { ...idle, layout: suspended }, { stack: suspended, traffic: null }, null],
    [
      "a suspended tenant whose route was opened",
      { ...idle, layout: suspended },
      { stack: suspended, traffic: before.weights },
      "traffic_moved",
    ],
    [
      "a suspension that was applied and not written down",
      { ...idle, others: [suspended], splits: [suspended] },
      { stack: suspended, traffic: null },
      null,
    ],
    ["a tenant that somebody suspended in the stack", idle, { stack: suspended, traffic: null }, "stack_changed"],
    [
      "a tenant that somebody scaled in the stack",
      idle,
      { ...asLeft, stack: { ...before, replicas: 4 } },
      "stack_changed",
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
    const restarted = { ...before, slots: { ...before.slots, blue: { ...before.slots.blue!, restarts: 2 } } };
    assert.deepEqual(differences({ ...restarted, replicas: 4, suspended: "closed" }, before), [
      "slot blue has release 1 with settings 1, restarted 2 times, not release 1 with settings 1",
      "it is scaled to 4 web pods, not what its tier says",
      "it is suspended (closed), not served",
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
    const inPlace = { ...move, target: "blue" as const, content: before.slots.blue!, steps: [] };
    const suspending = otherLayouts({ moves: [{ ...inPlace, serves: false }], kept: null });
    const scaling = otherLayouts({ moves: [{ ...inPlace, replicas: 4 }], kept: null });
    assert.ok(suspending.some((one) => differences(one, suspended).length === 0));
    assert.ok(scaling.some((one) => differences(one, { ...before, replicas: 4 }).length === 0));
  });

  it("reads from a stack's config the very layout that it was rendered from", () => {
    const layout: Layout = {
      ...before,
      slots: { blue: { ...before.slots.blue!, restarts: 2 }, green: { ...before.slots.green!, idleReplicas: 3 } },
      preview: { color: "green", token: "t".repeat(16) },
      replicas: 4,
      suspended: "closed",
    };
    const settings = new Map([[1, tenantSettings.parse({ name: "Acme" })]]);
    const releases = new Map([["1", newRelease.parse({ version: "1", image: "teal/app:1" })]]);
    const site = {
      gateway: { name: "g", namespace: "g" },
      cluster: { identifier: "c" },
      hostOf: () => "acme.localhost",
    };
    const config = toStackConfig(render(layout, { environment: "production", id: "acme", settings, releases }, site));
    const { revision: _, ...found } = layout;
    assert.deepEqual(layoutIn(fromConfig((key) => config[`tenant:${key}`]?.value)), found);
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
