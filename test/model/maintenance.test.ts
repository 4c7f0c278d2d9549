import assert from "node:assert/strict";
import fc from "fast-check";
import type { Layout, Move } from "../../model/layout.ts";
import { leftBehind } from "../../model/leftBehind.ts";
import { offeredActions, refusal } from "../../model/machine/actions.ts";
import { next, type Facts } from "../../model/machine/next.ts";
import { step } from "../../model/machine/step.ts";
import { machineEvents, type MachineEvent } from "../../model/machine/table.ts";
import type { Operation, OperationKind, Outcome, Phase } from "../../model/operation.ts";
import { outageOf } from "../../model/outage.ts";
import { accepted, before, recreating } from "./operations.ts";

const facts: Facts = { now: new Date(1000), stopped: null, freeze: null };
const outcome: Outcome = { code: "migration_failed", cause: "release", message: "no", evidence: [] };

function after(operation: Operation, event: MachineEvent, now = facts.now): Operation {
  const change = step(operation, event, now, event === "failed" || event === "abort" ? outcome : null);
  return change ? { ...operation, ...change } : operation;
}

const through = (operation: Operation, events: readonly MachineEvent[]) =>
  events.reduce((now, event) => after(now, event), operation);
const wayOf = (operation: Operation, events: readonly MachineEvent[]): Phase[] =>
  events.map((event) => (operation = after(operation, event)).phase);

const twoWay = { ...recreating, oneWay: undefined } as unknown as Partial<Move>;
const compatible = { backup: true, migrates: true, schema: "2", volume: 1 } as const;
const shutDown = ["started", "moved", "stopped"] as const;

describe("ways through data", () => {
  it("back up and migrate before a compatible release is deployed", () => {
    const way = wayOf(accepted("rollout", compatible), ["started", "backed-up", "migrated", "applied", "verified"]);
    assert.deepEqual(way, ["backing-up", "migrating", "deploying", "verifying", "shifting"]);
  });

  it("recreate behind a closed route where the old release can't go on", () => {
    const events = [...shutDown, "backed-up", "migrated", "applied", "verified", "moved", "applied"] as const;
    assert.deepEqual(wayOf(accepted("rollout", recreating), events), [
      "closing",
      "stopping",
      "backing-up",
      "migrating",
      "deploying",
      "verifying",
      "opening",
      "settling",
      "succeeded",
    ]);
  });

  it("ask before the service is shut, never meanwhile", () => {
    const gates = ["before-full"] as const;
    const waiting = through(accepted("rollout", { ...recreating, gates: [...gates] }), ["started"]);
    assert.equal(waiting.phase, "awaiting-approval");
    const action = next(waiting, facts);
    assert.ok(action.do === "ask");
    assert.equal(action.layout.slots.green?.release, "2");
    assert.equal(after(waiting, "approve").phase, "closing");
    assert.equal(after(through(waiting, ["approve"]), "replanned").phase, "awaiting-approval");
    assert.equal(through(waiting, ["reject", "moved", "applied"]).phase, "rolled-back");
  });

  it("restore: save what is there, bring the data back, check it, open", () => {
    const events = [...shutDown, "backed-up", "restored", "applied", "verified", "moved"] as const;
    assert.deepEqual(wayOf(accepted("restore"), events), [
      "closing",
      "stopping",
      "backing-up",
      "restoring-data",
      "deploying",
      "verifying",
      "opening",
      "succeeded",
    ]);
  });

  it("end a backup as it went", () => {
    const ways: [MachineEvent[], Phase][] = [
      [["started", "backed-up"], "succeeded"],
      [["started", "failed"], "failed"],
      [["started", "abort"], "cancelled"],
      [["abort"], "cancelled"],
    ];
    for (const [events, end] of ways) assert.equal(through(accepted("backup"), events).phase, end);
  });

  it("migrate a new tenant before its pods start", () => {
    const provision = accepted("provision", { migrates: true, schema: "2", volume: 1 });
    const migrating = after(provision, "started");
    const action = next(migrating, facts);
    assert.ok(action.do === "migrate");
    const { slots, suspended, migration } = action.layout;
    assert.deepEqual([slots.blue?.scale, suspended, migration?.color], ["none", "closed", "blue"]);
    assert.equal(through(migrating, ["failed"]).phase, "failed");
    assert.equal(through(migrating, ["abort"]).phase, "removing");
    const deploying = next(after(migrating, "migrated"), facts);
    assert.ok(deploying.do === "apply");
    assert.deepEqual([deploying.layout.suspended, deploying.layout.schema], [undefined, "2"]);
  });
});

describe("ways back from data", () => {
  const ways: [string, OperationKind, Partial<Move>, MachineEvent[], Phase[]][] = [
    [
      "before anything is deployed",
      "rollout",
      compatible,
      ["started", "failed", "applied"],
      ["restoring", "rolled-back"],
    ],
    [
      "from a migration that is compatible",
      "rollout",
      compatible,
      ["started", "backed-up", "failed", "applied"],
      ["restoring", "rolled-back"],
    ],
    [
      "once the route is closed",
      "rollout",
      recreating,
      ["started", "abort", "moved", "applied"],
      ["rolling-back", "restoring", "rolled-back"],
    ],
    [
      "once pods have stopped: they start first",
      "rollout",
      recreating,
      [...shutDown, "failed", "warmed", "moved", "applied"],
      ["warming", "rolling-back", "restoring", "rolled-back"],
    ],
    [
      "of a restore, before its data is touched",
      "restore",
      {},
      [...shutDown, "failed", "warmed", "moved", "applied"],
      ["warming", "rolling-back", "restoring", "rolled-back"],
    ],
    [
      "of a recreation that is compatible, to its end",
      "rollout",
      twoWay,
      [...shutDown, "backed-up", "migrated", "applied", "failed", "warmed", "moved", "applied"],
      ["warming", "rolling-back", "restoring", "rolled-back"],
    ],
  ];
  for (const [what, kind, changes, events, end] of ways) {
    it(what, () => assert.deepEqual(wayOf(accepted(kind, changes), events).slice(-end.length), end));
  }

  it("are none once the data is another: a person decides, and an abort leaves it shut", () => {
    const migrating = through(accepted("rollout", recreating), [...shutDown, "backed-up"]);
    assert.match(refusal("abort", migrating)!, /may have been migrated/);
    assert.match(refusal("rollback", migrating)!, /may have been migrated/);
    const halted = after(migrating, "failed");
    assert.deepEqual([halted.phase, halted.state, halted.memory.resume], ["halted", "waiting", "migrating"]);
    assert.match(offeredActions(halted).find(({ name }) => name === "abort")!.effect, /leaves the service shut/);
    assert.equal(refusal("rollback", halted) === undefined, false);
    const given = after(halted, "abort");
    assert.deepEqual([given.phase, given.state], ["failed", "failed"]);
    for (const phase of ["restoring-data", "deploying", "verifying", "opening"] as const) {
      const at = { ...accepted("restore"), phase };
      assert.equal(after(at, "failed").phase, "halted", phase);
    }
  });

  it("run a migration again only where a person has it tried again", () => {
    const migrating = through(accepted("rollout", recreating), [...shutDown, "backed-up"]);
    const run = (operation: Operation) => {
      const action = next(operation, facts);
      assert.ok(action.do === "migrate");
      return action.layout.migration!.run;
    };
    assert.equal(run(through(migrating, ["pause", "resume"])), run(migrating));
    assert.notEqual(run(through(migrating, ["failed", "resume"])), run(migrating));
  });

  it("keep the schema once its migration has begun, and the volume", () => {
    const begun = through(accepted("rollout", compatible), ["started", "backed-up", "failed"]);
    const action = next(begun, facts);
    assert.ok(action.do === "apply");
    assert.deepEqual(action.layout, { ...before, volume: 1, schema: "2" });
    const rolledBack = after(begun, "applied");
    assert.deepEqual(leftBehind(rolledBack), [
      "The data stays as the migration of release 2 left it.",
      "The volume of 1 GiB stays.",
    ]);
    const early = next(through(accepted("rollout", compatible), ["started", "failed"]), facts);
    assert.ok(early.do === "apply");
    assert.equal(early.layout.schema, undefined);
  });
});

describe("an outage", () => {
  it("is counted from when the route was closed until it is open again", () => {
    let operation = accepted("rollout", recreating);
    let seconds = 0;
    for (const event of [...shutDown, "backed-up", "migrated", "applied", "verified", "moved"] as const) {
      operation = after(operation, event, new Date((seconds += 30) * 1000));
    }
    const { outage } = operation.memory;
    assert.deepEqual(outage, { from: "1970-01-01T00:01:00.000Z", to: "1970-01-01T00:04:00.000Z" });
    assert.deepEqual(outageOf(outage!, operation.move, new Date()), {
      seconds: 180,
      limitSeconds: 180,
      tooLong: false,
    });
    const longer = { from: outage!.from };
    assert.equal(outageOf(longer, operation.move, new Date("1970-01-01T00:04:00.001Z")).tooLong, true);
  });

  it("ends with the way back, too", () => {
    const back = through(accepted("restore"), [...shutDown, "failed", "warmed"]);
    assert.equal(back.memory.outage?.to, undefined);
    assert.equal(after(back, "moved").memory.outage?.to, facts.now.toISOString());
  });
});

describe("data under any sequence of events", () => {
  const anyEvents = fc.array(fc.constantFrom(...machineEvents), { maxLength: 60 });
  const cases = fc.constantFrom<[OperationKind, Partial<Move>]>(
    ["rollout", compatible],
    ["rollout", recreating],
    ["rollout", twoWay],
    ["restore", {}],
  );

  it("is never touched unsaved, nor by pods of two minds; nobody is led to pods that weren't checked", () => {
    fc.assert(
      fc.property(cases, anyEvents, ([kind, changes], events) => {
        let operation = accepted(kind, changes);
        const { move } = operation;
        let saved = false;
        let changed = false;
        let ready = true;
        for (const event of events) {
          const from = operation.phase;
          const action = next(operation, facts);
          operation = after(operation, event);
          if (from === operation.phase) continue;
          if (event === "backed-up") saved = true;
          if (event === "verified" || event === "warmed") ready = true;
          if (action.do === "migrate" || action.do === "restore") {
            assert.ok(saved, "touched unsaved");
            changed = true;
          }
          if (!("layout" in action) || action.do === "ask") continue;
          const { layout } = action;
          if (move!.way && layout.suspended === "stopped") ready = false;
          // Somebody may be served by it, where its event came.
          if (move!.way && !layout.suspended && event === "moved") assert.ok(ready, `led to pods unchecked in ${from}`);
          if (changed && move!.oneWay) assert.ok(runs(layout).every((release) => release === move!.content!.release));
          assert.equal(layout.weights.blue + layout.weights.green, 100);
        }
        // What failed past the point of no return has not gone back by itself.
        if (changed && move!.oneWay) assert.notEqual(operation.phase, "rolled-back");
      }),
      { numRuns: 2000 },
    );
  });
});

/** Releases whose pods a layout has running. */
function runs({ slots, suspended }: Layout): string[] {
  if (suspended === "stopped") return [];
  return Object.values(slots).flatMap((slot) => (slot && slot.scale !== "none" ? [slot.release] : []));
}
