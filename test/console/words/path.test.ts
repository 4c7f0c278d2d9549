import assert from "node:assert/strict";
import { operationKinds, phases } from "../../../model/operation.ts";
import { customersNotice, wordsOf, titleOf, type Phase } from "../../../console/src/words/machine.ts";
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
    for (const kind of operationKinds) assert.equal(wayFrom(kind, "queued").at(-1), "succeeded", kind);
    assert.deepEqual(wayFrom("rollout", "queued").slice(0, 3), ["deploying", "verifying", "shifting"]);
    assert.deepEqual(wayFrom("suspend", "queued"), ["closing", "stopping", "succeeded"]);
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
    assert.match(customersNotice("awaiting-approval", 50), /^50 % of the requests/);
    assert.match(customersNotice("paused", 0), /no traffic/);
    assert.match(customersNotice("awaiting-approval", null), /notice nothing/);
  });
});
