import assert from "node:assert/strict";
import fc from "fast-check";
import { otherColor } from "../../model/color.ts";
import { alreadySo, offeredActions, refusal } from "../../model/machine/actions.ts";
import { next, type Facts } from "../../model/machine/next.ts";
import { rowFor, stateOf, step } from "../../model/machine/step.ts";
import { machineEvents, table, type MachineEvent } from "../../model/machine/table.ts";
import {
  endStates,
  interventions,
  operationKinds,
  phases,
  type Operation,
  type OperationKind,
  type Outcome,
  type Phase,
} from "../../model/operation.ts";
import { accepted, anySteps, before } from "./operations.ts";

const facts: Facts = { now: new Date(1000), stopped: null, freeze: null };
const outcome: Outcome = { code: "check_failed", cause: "release", message: "no", evidence: [] };
const ends = endStates as readonly string[];

/** An operation of `kind` set into `phase`, as interrupted while `resume`. */
function inPhase(kind: Operation["kind"], phase: Phase, resume: Phase | null = null): Operation {
  const operation = accepted(kind);
  return { ...operation, phase, state: stateOf(phase), memory: { ...operation.memory, resume } };
}

/** The operation after `event`, or itself where the event means nothing. */
function after(operation: Operation, event: MachineEvent): Operation {
  const change = step(operation, event, facts.now, event === "failed" ? outcome : null);
  return change ? { ...operation, ...change } : operation;
}

describe("the machine's table", () => {
  it("answers every kind in every phase to every event with a known phase or not at all", () => {
    for (const kind of operationKinds) {
      for (const phase of phases) {
        for (const event of machineEvents) {
          const operation = inPhase(kind, phase, phase === "paused" || phase === "halted" ? "shifting" : null);
          const change = step(operation, event, facts.now, outcome);
          if (!change) continue;
          assert.ok(phases.includes(change.phase), `${kind} ${phase} ${event}`);
          assert.equal(change.state, stateOf(change.phase));
          assert.equal(change.endedAt !== null, ends.includes(change.state));
        }
      }
    }
  });

  it("never leaves an end", () => {
    for (const row of table) for (const from of row.from) assert.ok(!ends.includes(stateOf(from)), from);
  });

  it("gives every phase that a kind can reach a way to an end", () => {
    for (const kind of operationKinds) {
      const rows = table.filter((row) => row.kinds.includes(kind));
      const leadsOn = (phase: Phase, seen: Phase[] = []): boolean =>
        ends.includes(phase) ||
        (!seen.includes(phase) &&
          rows.some((row) => row.from.includes(phase) && row.to !== "resume" && leadsOn(row.to, [...seen, phase])));
      const reached = new Set<Phase>(["queued"]);
      for (const phase of reached) {
        for (const row of rows) if (row.from.includes(phase) && row.to !== "resume") reached.add(row.to);
      }
      for (const phase of reached) {
        if (phase !== "paused" && phase !== "halted") assert.ok(leadsOn(phase), `${kind} is stuck in ${phase}`);
      }
    }
  });

  it("knows the way of a rollout without trouble", () => {
    const events: MachineEvent[] = [
      "started",
      "applied",
      "verified",
      "moved",
      "passed",
      "moved",
      "passed",
      "moved",
      "passed",
    ];
    let operation = accepted("rollout");
    const way = events.map((event) => (operation = after(operation, event)).phase);
    assert.deepEqual(way, [
      "deploying",
      "verifying",
      "shifting",
      "baking",
      "shifting",
      "baking",
      "shifting",
      "baking",
      "promoting",
    ]);
    assert.equal(operation.memory.step, 2);
    for (const event of ["applied", "held", "applied"] as const) operation = after(operation, event);
    assert.equal(operation.state, "succeeded");
    assert.ok(operation.endedAt);
  });

  it("ends a rollout that failed as rolled-back, with why", () => {
    let operation = accepted("rollout");
    for (const event of ["started", "applied", "failed", "moved", "applied"] as const)
      operation = after(operation, event);
    assert.equal(operation.state, "rolled-back");
    assert.deepEqual(operation.outcome, outcome);
  });

  it("goes on after a pause where it was", () => {
    for (const phase of ["deploying", "verifying", "shifting", "baking", "promoting", "holding", "settling"] as const) {
      const resumed = after(after(inPhase("rollout", phase), "pause"), "resume");
      assert.equal(resumed.phase, phase);
      assert.equal(resumed.memory.resume, null);
    }
  });

  it("asks about a surprise wherever it can act, and once", () => {
    const surprise: Outcome = { code: "traffic_moved", cause: "person", message: "moved", evidence: [] };
    const surprised = (operation: Operation) => {
      const change = step(operation, "surprised", facts.now, surprise);
      return change ? { ...operation, ...change } : operation;
    };
    for (const phase of [
      "queued",
      "shifting",
      "baking",
      "promoting",
      "settling",
      "rolling-back",
      "restoring",
    ] as const) {
      const asked = surprised(inPhase("rollout", phase));
      assert.deepEqual([asked.phase, asked.state, asked.outcome], ["paused", "waiting", surprise], phase);
      assert.deepEqual(next(asked, facts), { do: "rest" });
      const resumed = after(asked, "resume");
      assert.deepEqual([resumed.phase, resumed.memory.trusting], [phase, true]);
    }
    // What is done by then is as the operation wants it: from there on it may ask again.
    const moved = after(after(surprised(inPhase("rollout", "shifting")), "resume"), "moved");
    assert.equal(moved.memory.trusting, false);
    // Nobody was asked anything by a pause.
    assert.equal(after(after(inPhase("rollout", "shifting"), "pause"), "resume").memory.trusting, false);
  });

  it("takes a step as passed where a person goes on from one with too few requests, and that step alone", () => {
    const few: Outcome = { code: "inconclusive", cause: "policy", message: "few", evidence: [] };
    const baking = inPhase("rollout", "baking");
    const asked: Operation = { ...baking, ...step(baking, "pause", facts.now, few)! };
    assert.deepEqual([asked.state, asked.outcome], ["waiting", few]);
    assert.match(offeredActions(asked).find((action) => action.name === "resume")!.effect, /as passed/);
    const resumed = after(asked, "resume");
    assert.deepEqual([resumed.phase, resumed.memory.judged], ["baking", true]);
    assert.equal(after(resumed, "passed").memory.judged, false);
    assert.equal(after(after(inPhase("rollout", "baking"), "pause"), "resume").memory.judged, false);
  });

  it("ends a repair as it went, and has no way back for it", () => {
    const ways: [MachineEvent[], Phase][] = [
      [["started", "applied", "verified"], "succeeded"],
      [["started", "failed"], "failed"],
      [["started", "applied", "failed"], "failed"],
      [["started", "abort"], "cancelled"],
      [["abort"], "cancelled"],
      [["started", "applied", "pause", "abort"], "cancelled"],
    ];
    for (const [events, end] of ways) {
      assert.equal(events.reduce((operation, event) => after(operation, event), accepted("repair")).phase, end);
    }
    assert.match(refusal("rollback", inPhase("repair", "deploying"))!, /no way back/);
  });

  it("ends a restart, a scaling, a suspension and its end as they went", () => {
    const ways: [OperationKind, MachineEvent[], Phase][] = [
      ["restart", ["started", "applied", "verified", "moved"], "baking"],
      ["scale", ["started", "applied", "verified"], "succeeded"],
      ["scale", ["started", "applied", "failed"], "failed"],
      ["scale", ["started", "applied", "abort", "moved", "applied"], "rolled-back"],
      ["suspend", ["started", "moved", "stopped"], "succeeded"],
      ["suspend", ["started", "failed", "moved", "applied"], "rolled-back"],
      ["suspend", ["started", "abort", "moved", "applied"], "rolled-back"],
      ["suspend", ["started", "moved", "failed"], "failed"],
      ["suspend", ["abort"], "cancelled"],
      ["unsuspend", ["started", "applied", "verified", "moved"], "succeeded"],
      ["unsuspend", ["started", "applied", "failed", "moved", "applied"], "rolled-back"],
      ["unsuspend", ["started", "applied", "verified", "pause", "abort", "moved", "applied"], "rolled-back"],
      ["unsuspend", ["started", "applied", "abort", "failed"], "halted"],
    ];
    for (const [kind, events, end] of ways) {
      const last = events.reduce((operation, event) => after(operation, event), accepted(kind));
      assert.equal(last.phase, end, `${kind} ${events.join(" ")}`);
    }
    for (const phase of [inPhase("suspend", "stopping"), inPhase("suspend", "paused", "stopping")])
      assert.match(refusal("abort", phase)!, /then unsuspend/);
  });

  it("skips to the last step when told to finish", () => {
    const finished = after(inPhase("rollout", "baking"), "finish");
    assert.deepEqual([finished.phase, finished.memory.step], ["shifting", 2]);
  });
});

describe("what a person may do", () => {
  it("is offered exactly where the table has a row or it is so already", () => {
    for (const kind of operationKinds) {
      for (const phase of phases) {
        const operation = inPhase(kind, phase, phase === "paused" || phase === "halted" ? "baking" : null);
        const offered = offeredActions({ ...operation, endedAt: ends.includes(operation.state) ? facts.now : null });
        assert.deepEqual(
          offered.map((o) => o.name),
          [...interventions],
        );
        for (const { name, allowed, whyNot, effect } of offered) {
          assert.equal(allowed, whyNot === undefined);
          assert.ok(effect.length > 10);
          const means = rowFor(operation, name) !== undefined || alreadySo(name, operation);
          assert.equal(allowed, means && !ends.includes(operation.state), `${kind} ${phase} ${name}`);
        }
      }
    }
  });

  it("can always turn a rollout round until settling begins", () => {
    for (const phase of ["queued", "deploying", "verifying", "shifting", "baking", "promoting", "holding"] as const) {
      assert.equal(refusal("abort", inPhase("rollout", phase)), undefined, phase);
      assert.equal(refusal("rollback", inPhase("rollout", "paused", phase)), undefined, `paused in ${phase}`);
    }
    assert.match(refusal("rollback", inPhase("rollout", "settling")) ?? "", /already being changed/);
  });
});

describe("the machine under any sequence of events", () => {
  const anyEvents = fc.array(fc.constantFrom(...machineEvents), { maxLength: 40 });
  const anyMover = fc.constantFrom("rollout" as const, "configure" as const, "rollback" as const, "restart" as const);

  it("keeps weights at 100, gives traffic to verified slots only and leaves the old slot alone until settling", () => {
    fc.assert(
      fc.property(anyMover, anySteps, anyEvents, (kind, steps, events) => {
        let operation = accepted(kind, { steps });
        let verified = false;
        for (const event of events) {
          operation = after(operation, event);
          if (event === "verified" && operation.phase === "shifting") verified = true;
          const action = next(operation, facts);
          if (action.do !== "apply") continue;
          const { weights, slots } = action.layout;
          assert.equal(weights.blue + weights.green, 100);
          if (!verified) assert.equal(weights[otherColor(before.live)], 0);
          if (operation.phase !== "settling") assert.deepEqual(slots[before.live], before.slots[before.live]);
          if (action.routeOnly) assert.equal(operation.phase, "shifting");
        }
      }),
    );
  });

  it("stops pods only behind a closed route, and opens it only once they were verified", () => {
    fc.assert(
      fc.property(fc.constantFrom("suspend" as const, "unsuspend" as const), anyEvents, (kind, events) => {
        let operation = accepted(kind);
        let closedSince = kind === "unsuspend";
        let verified = false;
        for (const event of events) {
          const from = operation.phase;
          operation = after(operation, event);
          if (from === "closing" && event === "moved" && operation.phase === "stopping") closedSince = true;
          if (from === "verifying" && event === "verified" && operation.phase === "opening") verified = true;
          const action = next(operation, facts);
          if (action.do !== "apply") continue;
          const { suspended, slots, weights } = action.layout;
          assert.deepEqual([slots, weights], [before.slots, before.weights]);
          if (suspended === "stopped") assert.ok(closedSince);
          if (suspended === undefined && kind === "unsuspend") assert.ok(verified);
          if (suspended === undefined && kind === "suspend") assert.ok(!closedSince);
        }
      }),
    );
  });

  it("removes a tenant that leaves only after its grace and its export, or where a person said to go on without", () => {
    let removed = 0;
    const onwards: MachineEvent[] = ["started", "moved", "stopped", "held", "exported", "resume"];
    // Half of the time on, else anything that means something: at random alone hardly one comes to its end.
    const choice = fc.array(fc.nat(1000), { maxLength: 20 });
    fc.assert(
      fc.property(fc.boolean(), choice, (shut, choices) => {
        const move = shut ? { before: { ...before, suspended: "stopped" as const } } : {};
        let operation = accepted("offboard", move);
        let [graced, exported] = [false, false];
        const events: MachineEvent[] = [];
        for (const chosen of choices) {
          const known = machineEvents.filter((one) => rowFor(operation, one));
          const on = onwards.find((one) => known.includes(one));
          const event = chosen % 2 === 0 && on ? on : known[chosen % Math.max(1, known.length)];
          if (event === undefined) break;
          events.push(event);
          const { phase, memory } = operation;
          operation = after(operation, event);
          const at = memory.resume ?? phase;
          if (at === "grace" && (event === "held" || event === "finish")) graced = true;
          if (["closing", "stopping"].includes(at) && event === "finish" && operation.phase === "exporting")
            graced = true;
          if (at === "exporting" && operation.phase === "removing")
            exported = event === "exported" || event === "finish";
          const action = next(operation, facts);
          if (action.do === "export") assert.ok(graced, events.join(" "));
          if (action.do === "remove") removed++;
          if (action.do === "remove") assert.ok(graced && exported, events.join(" "));
          // Nothing is removed yet: it can come back, as it was.
          const early = ["grace", "exporting"].includes(operation.memory.resume ?? operation.phase);
          if (early) assert.equal(refusal("abort", operation), undefined, operation.phase);
          if (action.do === "apply" && operation.phase === "restoring")
            assert.deepEqual(action.layout, operation.move!.before);
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(removed > 20, `${removed}`);
  });

  it("stays at its end once it has ended, and rests there", () => {
    fc.assert(
      fc.property(fc.constantFrom(...operationKinds), anyEvents, (kind, events) => {
        let operation = accepted(kind);
        let end: Operation | undefined;
        for (const event of events) {
          operation = after(operation, event);
          if (end) assert.deepEqual(operation, end);
          else if (ends.includes(operation.state)) end = operation;
          if (end) assert.deepEqual(next(operation, facts), { do: "rest" });
        }
      }),
    );
  });

  it("goes back to the very layout that it began from", () => {
    const operation = inPhase("rollout", "restoring");
    const action = next(operation, facts);
    assert.ok(action.do === "apply");
    assert.deepEqual(action.layout, before);
  });
});

describe("an environment that is only observed", () => {
  const observed: Facts = { ...facts, observed: { by: "ada", reason: "taking over" } };

  it("holds everything that would act, the way back included", () => {
    for (const kind of operationKinds) {
      for (const phase of phases) {
        const operation = inPhase(kind, phase, phase === "paused" || phase === "halted" ? "baking" : null);
        const action = next(operation, observed);
        if (ends.includes(operation.state) || phase === "paused" || phase === "halted") assert.equal(action.do, "rest");
        else assert.ok(action.do === "wait" && action.why?.code === "environment_observed", `${kind} ${phase}`);
      }
    }
  });
});

describe("a stopped environment", () => {
  const stopped: Facts = { ...facts, stopped: { by: "ada", reason: "incident" } };

  it("holds everything but the way back", () => {
    for (const phase of [
      "queued",
      "deploying",
      "verifying",
      "shifting",
      "baking",
      "promoting",
      "holding",
      "settling",
    ] as const) {
      const action = next(inPhase("rollout", phase), stopped);
      assert.ok(action.do === "wait" && action.why?.code === "environment_stopped", phase);
      assert.match(action.why.message, /ada.*incident/);
    }
    assert.equal(next(inPhase("rollout", "rolling-back"), stopped).do, "apply");
    assert.equal(next(inPhase("rollback", "shifting"), stopped).do, "apply");
    assert.equal(next(inPhase("provision", "removing"), stopped).do, "remove");
    assert.equal(next(inPhase("offboard", "removing"), stopped).do, "wait");
  });
});
