import assert from "node:assert/strict";
import fc from "fast-check";
import type { FleetRow } from "../../../console/src/api/types.ts";
import { arrange, groupings, shows, sorts, type View } from "../../../console/src/pages/fleet/arrange.ts";

const view: View = { text: "", show: "all", tier: "", ring: "", release: "", sort: "name", group: "none" };
const newestFirst = ["3.0.0", "2.0.0", "1.0.0"];
const row = (id: string, more: Partial<FleetRow> = {}): FleetRow => ({
  id,
  name: id.toUpperCase(),
  tier: "small",
  ring: 0,
  live: "blue",
  release: "2.0.0",
  ready: true,
  ...more,
});
const lines = (rows: FleetRow[], change: Partial<View>) =>
  arrange(rows, { ...view, ...change }, newestFirst).map((line) =>
    "row" in line ? line.row.id : `[${line.group} ${line.tenants}]`,
  );

describe("the fleet's list", () => {
  const operation = {
    id: "o",
    kind: "rollout",
    state: "waiting",
    phase: "awaiting-approval",
    since: "2026-01-01T00:00:00Z",
  } as const;
  const rows = [
    row("tenant10", { behind: 1, ring: 2, tier: "large" }),
    row("tenant2", { hostnames: ["shop.example.com"], operation }),
    row("asleep", { suspended: true, ready: false, release: "1.0.0", behind: 2 }),
    row("broken", { ready: false, failed: { operation: "x", code: "check_failed" }, release: "3.0.0" }),
  ];

  it("is by name as people count", () =>
    assert.deepEqual(lines(rows, {}), ["asleep", "broken", "tenant2", "tenant10"]));

  it("is searched by id, name and host name", () => {
    assert.deepEqual(lines(rows, { text: " SHOP.example" }), ["tenant2"]);
    assert.deepEqual(lines(rows, { text: "tenant" }), ["tenant2", "tenant10"]);
    assert.deepEqual(lines(rows, { text: "nobody" }), []);
  });

  it("shows what is asked for", () => {
    assert.deepEqual(lines(rows, { show: "moving" }), ["tenant2"]);
    assert.deepEqual(lines(rows, { show: "attention" }), ["broken", "tenant2"]);
    assert.deepEqual(lines(rows, { show: "behind" }), ["asleep", "tenant10"]);
    // Nobody expects pods of what is suspended.
    assert.deepEqual(lines(rows, { show: "unready" }), ["broken"]);
    assert.deepEqual(lines(rows, { tier: "large" }), ["tenant10"]);
    assert.deepEqual(lines(rows, { release: "1.0.0" }), ["asleep"]);
  });

  it("tells what was left shut from what somebody suspended", () => {
    const shut = { suspended: true, maintenance: true, ready: false } as const;
    const more = [
      ...rows,
      row("left", shut),
      row("under-way", { ...shut, operation: { ...operation, phase: "migrating" } }),
    ];
    assert.deepEqual(lines(more, { show: "suspended" }), ["asleep"]);
    assert.deepEqual(lines(more, { show: "attention" }), ["broken", "left", "tenant2"]);
  });

  it("is sorted and grouped, releases by age and not by their letters", () => {
    assert.deepEqual(lines(rows, { sort: "behind" }), ["asleep", "tenant10", "broken", "tenant2"]);
    assert.deepEqual(lines(rows, { group: "release" }), [
      "[3.0.0 1]",
      "broken",
      "[2.0.0 2]",
      "tenant2",
      "tenant10",
      "[1.0.0 1]",
      "asleep",
    ]);
    assert.deepEqual(lines(rows, { group: "ring" }), [
      "[Ring 0 3]",
      "asleep",
      "broken",
      "tenant2",
      "[Ring 2 1]",
      "tenant10",
    ]);
  });

  it("loses and doubles nobody, however it is arranged", () => {
    const rowOf = fc.record({
      id: fc.stringMatching(/^[a-z]{1,6}$/),
      ring: fc.nat(3),
      behind: fc.nat(3),
      release: fc.constantFrom(...newestFirst, null),
    });
    const anyView = fc.record({
      show: fc.constant("all" as const),
      sort: fc.constantFrom(...sorts),
      group: fc.constantFrom(...groupings),
    });
    fc.assert(
      fc.property(fc.uniqueArray(rowOf, { selector: ({ id }) => id }), anyView, (some, change) => {
        const all = some.map(({ id, ...more }) => row(id, more));
        const got = lines(all, change).filter((line) => !line.startsWith("["));
        assert.deepEqual(got.toSorted(), all.map(({ id }) => id).toSorted());
      }),
    );
    assert.ok(shows.length > 0);
  });
});
