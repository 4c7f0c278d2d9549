import type { Operation } from "../operation.ts";
import type { Guard } from "./table.ts";

/** The conditions of the table's rows, over nothing but the operation. */
export const guards: Record<Guard, (operation: Operation) => boolean> = {
  "in-place": ({ move }) => move !== null && move.steps.length === 0,
  "more-steps": ({ move, memory }) => move !== null && memory.step < move.steps.length - 1,
  // Once settling has begun the old slot is no longer what it was.
  "can-go-back": ({ memory }) => memory.resume !== null && memory.resume !== "queued" && memory.resume !== "settling",
  "not-begun": ({ memory }) => memory.resume === "queued",
};
