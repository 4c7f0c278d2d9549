import {
  isSurprise,
  type Memory,
  type Operation,
  type OperationState,
  type Outcome,
  type Phase,
} from "../operation.ts";
import { guards } from "./guards.ts";
import { table, type MachineEvent, type Row } from "./table.ts";

/** The row of the table that says what `event` does to the operation; undefined where it means nothing. */
export function rowFor(operation: Operation, event: MachineEvent): Row | undefined {
  return table.find(
    (row) =>
      row.kinds.includes(operation.kind) &&
      row.from.includes(operation.phase) &&
      row.on.includes(event) &&
      (row.when === undefined || guards[row.when](operation)),
  );
}

/** What changes in an operation by an event. */
export interface Change {
  state: OperationState;
  phase: Phase;
  outcome: Outcome | null;
  memory: Memory;
  startedAt: Date | null;
  endedAt: Date | null;
}

/**
 * The operation's change by `event`, or null where the event means nothing to it.
 * `outcome` says why, for `failed` and for what a person asked.
 */
export function step(
  operation: Operation,
  event: MachineEvent,
  now: Date,
  outcome: Outcome | null = null,
): Change | null {
  const row = rowFor(operation, event);
  if (!row) return null;
  const phase = row.to === "resume" ? (operation.memory.resume ?? "queued") : row.to;
  const memory = remember(operation, event, phase, now, outcome);
  const state = stateOf(phase);
  const ended = !["queued", "running", "waiting"].includes(state);
  return {
    state,
    phase,
    memory,
    outcome: outcomeIn(phase, memory, outcome),
    startedAt: operation.startedAt ?? (phase === "queued" || phase === "cancelled" ? null : now),
    endedAt: ended ? now : null,
  };
}

function remember(operation: Operation, event: MachineEvent, phase: Phase, now: Date, outcome: Outcome | null): Memory {
  const { memory, move } = operation;
  const interrupted = phase === "paused" || phase === "halted";
  // Who has it go on with going back doesn't change why it goes back.
  const turning = turned.includes(phase) && event !== "resume";
  return {
    step: stepAfter(operation.phase, event, phase, memory.step, move?.steps.length ?? 0),
    phaseSince: now.toISOString(),
    resume: interrupted ? (memory.resume ?? operation.phase) : null,
    turned: turning ? (outcome ?? memory.turned) : memory.turned,
    attempts: 0,
    baseline: null,
    trusting: trustingAfter(operation, event),
    judged: event === "resume" && operation.outcome?.code === "inconclusive",
    ...approvalAfter(operation, event, phase),
    ...(memory.offboarding && { offboarding: memory.offboarding }),
    ...dataAfter(operation, phase),
    ...outageAfter(operation, event, phase, now),
  };
}

/** What has been done to the tenant's data. */
function dataAfter({ phase: from, memory }: Operation, to: Phase): Pick<Memory, "migrated" | "runs"> {
  const { runs = 0 } = memory;
  const begun = to === "migrating" ? true : memory.migrated;
  // Only a person has a migration that failed tried again.
  const again = to === "migrating" && from !== "paused";
  return { ...(begun && { migrated: true }), ...((again || runs > 0) && { runs: again ? runs + 1 : runs }) };
}

/** Since when nobody was served, and until when. */
function outageAfter(
  { phase, memory, move }: Operation,
  event: MachineEvent,
  to: Phase,
  now: Date,
): Pick<Memory, "outage"> {
  const { outage } = memory;
  const served = move?.before?.suspended === undefined;
  if (phase === "closing" && to === "stopping" && move?.way && served) return { outage: { from: now.toISOString() } };
  if (!outage) return {};
  const over = event === "moved" && (phase === "opening" || phase === "rolling-back") && !outage.to;
  return { outage: over ? { ...outage, to: now.toISOString() } : outage };
}

/** Who waits at a gate knows at which; what was approved is kept while it is done, so that it is just that. */
function approvalAfter({ memory }: Operation, event: MachineEvent, to: Phase): Pick<Memory, "approval"> {
  const { approval } = memory;
  const first = event === "verified" || event === "started";
  if (first && to === "awaiting-approval") return { approval: { gate: "before-traffic" } };
  if (event === "passed" && to === "awaiting-approval") return { approval: { gate: "before-full" } };
  if (!approval) return {};
  // What was shown before an interruption may be out of date: it is asked for anew.
  if (to === "awaiting-approval" || to === "paused") return { approval: { gate: approval.gate } };
  return event === "approve" ? { approval } : {};
}

/** Whoever answers a surprise has been told what was found: what they asked for is done, and not asked about again. */
function trustingAfter({ phase, outcome, memory }: Operation, event: MachineEvent): boolean {
  if (phase === "paused" && isSurprise(outcome)) return event !== "surprised";
  return event !== "applied" && event !== "moved" && memory.trusting === true;
}

function stepAfter(from: Phase, event: MachineEvent, to: Phase, current: number, count: number): number {
  if (event === "finish" && to === "shifting") return count - 1;
  return from === "baking" && event === "passed" && to !== "promoting" ? current + 1 : current;
}

/** Phases in which the outcome shown is why the operation turned round. */
const backPhases: readonly Phase[] = ["warming", "rolling-back", "restoring", "rolled-back", "cancelled"];
const turned: readonly Phase[] = ["warming", "rolling-back", "restoring", "removing", "cancelled"];

function outcomeIn(phase: Phase, memory: Memory, outcome: Outcome | null): Outcome | null {
  if (backPhases.includes(phase)) return memory.turned;
  return phase === "paused" || phase === "halted" || phase === "failed" ? outcome : null;
}

export function stateOf(phase: Phase): OperationState {
  switch (phase) {
    case "queued":
    case "succeeded":
    case "rolled-back":
    case "failed":
    case "cancelled":
      return phase;
    case "awaiting-approval":
    case "paused":
    case "halted":
      return "waiting";
    default:
      return "running";
  }
}
