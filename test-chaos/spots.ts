import { next, type Action, type Facts } from "../model/machine/next.ts";
import { stateOf } from "../model/machine/step.ts";
import { table } from "../model/machine/table.ts";
import { endStates, operationKinds, type Memory, type OperationKind, type Phase } from "../model/operation.ts";
import { accepted } from "../test/model/operations.ts";
import type { Moment, Spot } from "./killer/plan.ts";

/** The moments at which each action has to be interrupted. A new action doesn't compile until somebody has said which. */
export const momentsOf = {
  begin: ["before", "during", "after"],
  apply: ["before", "sent", "answered", "after"],
  verify: ["before", "during", "after"],
  ask: ["before", "during", "after"],
  analyse: ["before", "during", "after"],
  wait: ["before", "during", "after"],
  // It asks the ledger for the time, and writes what any action does.
  grace: ["before", "after"],
  export: ["before", "during", "after"],
  remove: ["before", "sent", "answered", "after"],
  rest: ["before", "during", "after"],
  backup: ["before", "during", "after"],
  restore: ["before", "during", "after"],
  migrate: ["before", "sent", "answered", "after"],
  warm: ["before", "sent", "answered", "after"],
} as const satisfies Record<Action["do"], readonly Moment[]>;

/** Every action that the machine can decide on, in every phase that any kind of operation can reach. */
export function allSpots(): Set<Spot> {
  const spots = new Set<Spot>();
  for (const kind of operationKinds) {
    for (const phase of reachedBy(kind)) for (const action of decisions(kind, phase)) spots.add(`${action}@${phase}`);
  }
  return spots;
}

function reachedBy(kind: OperationKind): Set<Phase> {
  const reached = new Set<Phase>(["queued"]);
  const rows = table.filter((row) => row.kinds.includes(kind));
  for (const phase of reached) {
    for (const { from, to } of rows) if (from.includes(phase) && to !== "resume") reached.add(to);
  }
  for (const end of endStates) reached.delete(end);
  return reached;
}

const now = new Date(1000);
const situations: Facts[] = [
  { now, stopped: null, freeze: null },
  { now, stopped: { by: "ada", reason: "incident" }, freeze: null },
];

/** An operation that is asked in a phase for an approval has two things to do there: to show it, and to wait. */
const memories: Partial<Memory>[] = [{}, { approval: { gate: "before-traffic", shown: { plan: "p", steps: [] } } }];

/** A stopped environment holds operations in any phase alike: it is looked at where nothing has begun. */
function decisions(kind: OperationKind, phase: Phase): Action["do"][] {
  return situations
    .filter(({ stopped }) => stopped === null || phase === "queued")
    .flatMap((facts) =>
      memories.map((memory) => {
        const operation = accepted(kind);
        const interrupted = phase === "paused" || phase === "halted" ? "deploying" : null;
        const remembered = { ...operation.memory, resume: interrupted, ...memory } as Memory;
        return next({ ...operation, phase, state: stateOf(phase), memory: remembered }, facts).do;
      }),
    );
}
