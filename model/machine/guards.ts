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
  "more-steps": ({ move, memory }) => move !== null && memory.step < move.steps.length - 1,
  // Once settling or stopping has begun the old slot, or any, is no longer what it was.
  "can-go-back": ({ memory }) => memory.resume !== null && !noWayBack.includes(memory.resume),
  "not-begun": ({ memory }) => memory.resume === "queued",
};

const noWayBack: readonly Phase[] = ["queued", "settling", "stopping"];

function has({ gates = [] }: Move, gate: Gate): boolean {
  return gates.includes(gate);
}
