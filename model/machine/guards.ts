import type { Gate, Move } from "../layout.ts";
import type { Operation, Phase } from "../operation.ts";
import type { Guard } from "./table.ts";

/** The conditions of the table's rows, over nothing but the operation. */
export const guards: Record<Guard, (operation: Operation) => boolean> = {
  "in-place": ({ move }) => move !== null && move.steps.length === 0,
  // A single step gets all traffic: whoever wants a gate before that has it here.
  gated: ({ move }) =>
    move !== null && (has(move, "before-traffic") || (move.steps.length === 1 && has(move, "before-full"))),
  "gated-before-full": ({ move, memory }) =>
    move !== null && memory.step === move.steps.length - 2 && has(move, "before-full"),
  // Asked before the service is shut, or people would wait for a person.
  "recreates-gated": ({ move }) => move?.way === "recreate" && (move.gates ?? []).length > 0,
  "in-maintenance": ({ move }) => move?.way !== undefined,
  "backs-up": ({ move }) => move?.backup === true,
  migrates: ({ move }) => move?.migrates === true,
  "more-steps": ({ move, memory }) => move !== null && memory.step < move.steps.length - 1,
  // Once settling or stopping has begun the old slot, or any, is no longer what it was.
  "can-go-back": (operation) => {
    const { resume } = operation.memory;
    return resume !== null && !noWayBack.includes(resume) && !pastReturn(operation);
  },
  "not-begun": ({ memory }) => memory.resume === "queued",
  "past-return": pastReturn,
  "can-return": (operation) => !pastReturn(operation),
  "has-stopped": (operation) =>
    !pastReturn(operation) &&
    operation.move?.way !== undefined &&
    operation.move.before?.suspended === undefined &&
    afterStopping.includes(at(operation)),
  "nothing-deployed": (operation) => {
    const { move } = operation;
    const phase = at(operation);
    if (pastReturn(operation)) return false;
    if (move?.way)
      return move.before?.suspended !== undefined && (phase === "closing" || afterStopping.includes(phase));
    return beforeDeploying.includes(phase);
  },
  "never-ran": ({ move }) => move === null,
  // Coming back as it was then means to stay shut.
  "was-shut": (operation) => wasShut(operation) && leaving.includes(at(operation)),
  "shut-by-it": (operation) => !wasShut(operation) && stoppedByIt.includes(at(operation)),
  "cannot-shut": (operation) => ["closing", "stopping"].includes(at(operation)),
  "cannot-export": (operation) => at(operation) === "exporting",
};

const noWayBack: readonly Phase[] = ["queued", "settling", "stopping", "removing"];
/** Of an offboarding: nothing is removed yet. */
const leaving: readonly Phase[] = ["queued", "grace", "exporting"];
const stoppedByIt: readonly Phase[] = ["stopping", "grace", "exporting", "warming"];
const beforeDeploying: readonly Phase[] = ["backing-up", "migrating"];
const afterStopping: readonly Phase[] = [
  "stopping",
  "backing-up",
  "migrating",
  "restoring-data",
  "deploying",
  "verifying",
  "opening",
  "warming",
];
const onNewData: readonly Phase[] = ["migrating", "restoring-data", "deploying", "verifying", "opening"];

/** Where it is, or was when it was interrupted. */
function at({ phase, memory }: Operation): Phase {
  return memory.resume ?? phase;
}

/** The data is another, or may be: what ran before can't be run on it, so that a person has to say how to go on. */
export function pastReturn(operation: Operation): boolean {
  const { move } = operation;
  return move?.way !== undefined && move.oneWay === true && onNewData.includes(at(operation));
}

/** No pod of the tenant ran before the operation began, nor has to for it to come back. */
function wasShut({ move }: Operation): boolean {
  return move === null || move.before?.suspended === "stopped";
}

function has({ gates = [] }: Move, gate: Gate): boolean {
  return gates.includes(gate);
}
