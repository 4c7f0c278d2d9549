import assert from "node:assert/strict";
import { operationKinds, phases } from "../../../model/operation.ts";
import { customersNotice, happens, isShut, wordsOf, titleOf, type Phase } from "../../../console/src/words/machine.ts";
import { stopsOf, wayFrom, whatComesNext } from "../../../console/src/words/path.ts";

const shown = (phase: Phase, visited: Phase[], kind = "rollout" as const) =>
  stopsOf({ kind, phase }, visited).map(({ phase: stop, place }) => `${stop} ${place}`);

describe("the machine as a path", () => {
  it("has words for every phase and a title for every kind", () => {
    for (const phase of phases) assert.ok(wordsOf(phase).now.endsWith("."), `no words for ${phase}`);
    for (const kind of operationKinds) assert.match(titleOf({ kind }), /^[A-Z]/);
    assert.equal(titleOf({ kind: "rollout", release: "2.0.0" }), "Rollout of 2.0.0");
  });

  it("leads every kind of operation to its end", () => {
    for (const kind of operationKinds) assert.equal(wayFrom({ kind }, "queued").at(-1), "succeeded", kind);
    assert.deepEqual(wayFrom({ kind: "rollout" }, "queued").slice(0, 3), ["deploying", "verifying", "shifting"]);
    assert.deepEqual(wayFrom({ kind: "suspend" }, "queued"), ["closing", "stopping", "succeeded"]);
  });

  it("leads what is done while nobody is served by the way of that", () => {
    const recreate = wayFrom({ kind: "rollout", strategy: "recreate" }, "queued");
    assert.deepEqual(recreate, ["closing", "stopping", "deploying", "verifying", "opening", "settling", "succeeded"]);
    assert.deepEqual(wayFrom({ kind: "restore" }, "stopping").slice(0, 2), ["restoring-data", "deploying"]);
    const approved = wayFrom({ kind: "rollout", strategy: "recreate" }, "awaiting-approval");
    assert.equal(approved[0], "closing");
  });

  it("says what is behind, here and to come", () => {
    assert.deepEqual(shown("baking", ["queued", "deploying", "verifying", "shifting"]), [
      "queued done",
      "deploying done",
      "verifying done",
      "shifting done",
      "baking now",
      "promoting next",
      "holding next",
      "settling next",
      "succeeded next",
    ]);
  });

  it("has the first gate before traffic, the second behind the watching", () => {
    const first = shown("awaiting-approval", ["queued", "deploying", "verifying", "awaiting-approval"]);
    assert.deepEqual(first.slice(2, 5), ["verifying done", "awaiting-approval now", "shifting next"]);
    const second = shown("awaiting-approval", [
      "queued",
      "deploying",
      "verifying",
      "shifting",
      "baking",
      "awaiting-approval",
    ]);
    assert.deepEqual(second.slice(3, 7), ["shifting done", "baking done", "awaiting-approval now", "promoting next"]);
  });

  it("marks where it was paused", () => {
    const paused = shown("paused", ["queued", "deploying", "verifying", "paused"]);
    assert.deepEqual(paused.slice(1, 4), ["deploying done", "verifying held", "shifting next"]);
  });

  it("shows the way back of what turned round, and no more of the way that it won't go", () => {
    assert.deepEqual(
      shown("rolled-back", ["queued", "deploying", "verifying", "rolling-back", "restoring", "rolled-back"]),
      ["queued done", "deploying done", "verifying done", "rolling-back done", "restoring done", "rolled-back done"],
    );
    assert.deepEqual(shown("rolling-back", ["queued", "deploying", "rolling-back"]).slice(-3), [
      "rolling-back now",
      "restoring next",
      "rolled-back next",
    ]);
  });

  it("says what comes next, and nothing once it has ended", () => {
    const next = (phase: Phase, visited: Phase[], step?: { index: number; of: number; percent: number }) => {
      const operation = { kind: "rollout" as const, phase, ...(step && { step }) };
      return whatComesNext(operation, stopsOf(operation, visited));
    };
    assert.match(next("deploying", ["queued"])!, /before any traffic/);
    assert.match(next("baking", ["queued"], { index: 0, of: 3, percent: 10 })!, /more traffic/);
    assert.match(next("baking", ["queued"], { index: 2, of: 3, percent: 100 })!, /Workers and schedulers/);
    assert.match(next("awaiting-approval", ["queued", "verifying", "shifting", "baking"])!, /all of the traffic/);
    assert.match(next("awaiting-approval", ["queued", "verifying"])!, /first part of the traffic/);
    assert.equal(next("succeeded", ["queued"]), null);
  });

  it("says of what holds still what the weights say", () => {
    assert.match(customersNotice("awaiting-approval", 50, false), /^50 % of the requests/);
    assert.match(customersNotice("paused", 0, false), /no traffic/);
    assert.match(customersNotice("awaiting-approval", null, false), /notice nothing/);
  });

  it("never says that customers notice nothing while nobody is served", () => {
    for (const phase of phases) assert.match(customersNotice(phase, 0, true), /503/, phase);
    const outage = { from: "2026-11-28T03:00:00Z", seconds: 3, limitSeconds: 180, tooLong: false };
    assert.deepEqual(
      [isShut({}), isShut({ outage }), isShut({ outage: { ...outage, to: outage.from } })],
      [false, true, false],
    );
    assert.notEqual(happens("deploying", true), happens("deploying", false));
  });
});
