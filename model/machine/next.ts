import {
  closed,
  deployed,
  opened,
  promoted,
  restored,
  settled,
  shifted,
  stopped,
  trafficBack,
  type Layout,
  type Move,
} from "../layout.ts";
import { migrating, warmed } from "../maintenance.ts";
import { endStates, type Memory, type Operation, type Outcome, type Phase } from "../operation.ts";
import { TealError } from "../errors.ts";
import type { Freeze } from "../freeze.ts";
import { heldBack } from "./hours.ts";
import type { MachineEvent } from "./table.ts";

/** What the machine needs to know besides the operation. */
export interface Facts {
  now: Date;
  /** Set while the environment is stopped. */
  stopped: { by: string; reason: string } | null;
  /** Set while the environment is only observed. */
  observed?: { by: string; reason: string } | null;
  /** The freeze that the environment is in; of several, the one that lasts longest. */
  freeze: Freeze | null;
}

/** What to do next. `done` is the event to report once it has been done. */
export type Action =
  | { do: "begin" }
  /** Bring the tenant's stack to `layout`. `routeOnly`: refuse a plan that holds more than the route. */
  | { do: "apply"; layout: Layout; routeOnly: boolean; done: MachineEvent }
  /** Back the tenant's data up, and see that it is good. */
  | { do: "backup" }
  /** Have the migration's Job in the stack, and wait for its end. */
  | { do: "migrate"; layout: Layout }
  /** Bring the data of backup `move.from` back. */
  | { do: "restore" }
  /** Bring the stack to `layout`, and wait for the pods of its live slot. */
  | { do: "warm"; layout: Layout }
  /** See whether the slot of `move.target` is ready and answers its checks. */
  | { do: "verify" }
  /** Preview the step to `layout`, so that a person can approve just that. */
  | { do: "ask"; layout: Layout }
  /** Compare the colors' figures; the step has passed after `move.bakeSeconds`. */
  | { do: "analyse" }
  /** Wait until `until`, then report `done` (with `outcome`); or, without it, look again. */
  | { do: "wait"; until: Date; done?: MachineEvent; why?: Outcome; outcome?: Outcome }
  /** Wait until the tenant's grace is over, by the ledger's clock. */
  | { do: "grace" }
  /** Write down what the tenant is and has, and back its data up for the last time. */
  | { do: "export" }
  | { do: "remove" }
  /** Nothing: it has ended, or a person has to act. */
  | { do: "rest" };

const backwards: readonly Phase[] = ["warming", "rolling-back", "restoring"];

/** The way back is never held up: not by a stopped environment either. */
function goesBack({ kind, phase }: Operation): boolean {
  const undone = kind === "provision" && phase === "removing";
  return kind === "rollback" || backwards.includes(phase) || undone;
}

/** The next action of an operation. Pure: the same operation and facts give the same action. */
export function next(operation: Operation, facts: Facts): Action {
  const { phase } = operation;
  if ((endStates as readonly string[]).includes(operation.state) || phase === "paused" || phase === "halted") {
    return { do: "rest" };
  }
  // Not even the way back: whoever has it observed wants nothing written there.
  if (facts.observed) return { do: "wait", until: later(facts.now, 5), why: observedOutcome(facts.observed) };
  if (facts.stopped && !goesBack(operation)) {
    return { do: "wait", until: later(facts.now, 5), why: stoppedOutcome(facts.stopped) };
  }
  if (phase === "queued") return heldBack(operation, facts) ?? { do: "begin" };
  if (phase === "removing") return { do: "remove" };
  if (phase === "grace") return { do: "grace" };
  if (phase === "exporting") return { do: "export" };
  if (phase === "backing-up") return { do: "backup" };
  if (operation.move === null) throw new TealError("internal", `Operation ${operation.id} has no move in ${phase}.`);
  return moving(operation, operation.move);
}

function moving({ id, phase, memory }: Operation, move: Move): Action {
  const apply = (layout: Layout, done: MachineEvent, routeOnly = false) =>
    ({ do: "apply", layout, routeOnly, done }) as const;
  switch (phase) {
    case "migrating":
      return { do: "migrate", layout: migrating(move, `${id.slice(0, 8)}-${memory.runs ?? 1}`) };
    case "restoring-data":
      return { do: "restore" };
    case "deploying":
      return apply(deployed(move), "applied");
    case "verifying":
      return { do: "verify" };
    case "awaiting-approval":
      if (!memory.approval?.shown) return { do: "ask", layout: approvedLayout(memory, move) };
      return {
        do: "wait",
        until: approvalEnds(memory, move),
        done: "expired",
        why: approvalWanted(memory, move),
        outcome: nobodyApproved,
      };
    case "shifting":
      return apply(shifted(move, move.steps[memory.step]!), "moved", true);
    case "baking":
      return { do: "analyse" };
    case "promoting":
      return apply(promoted(move), "applied");
    case "holding":
      return { do: "wait", until: later(new Date(memory.phaseSince), move.holdSeconds), done: "held" };
    case "settling":
      return apply(settled(move), "applied");
    case "closing":
      return apply(closed(move), "moved");
    case "stopping":
      return apply(stopped(move), "stopped");
    case "opening":
      return apply(opened(move), "moved");
    case "warming":
      return { do: "warm", layout: warmed(move, move.before!, memory.migrated === true) };
    case "rolling-back":
      return apply(trafficBack(move, memory.migrated), "moved");
    case "restoring":
      return apply(restored(move, memory.migrated), "applied");
    default:
      throw new TealError("internal", `No action is known for phase ${phase}.`);
  }
}

/** What is asked about at a gate: the next step, or all that is done while nobody is served. */
export function approvedLayout(memory: Memory, move: Move): Layout {
  return move.way ? opened(move) : shifted(move, move.steps[memory.step]!);
}

const nobodyApproved: Outcome = {
  code: "approval_expired",
  cause: "person",
  message: "Nobody approved it in time, so it goes back. Roll out again once somebody can decide.",
  evidence: [],
};

/** When an approval that nobody has given is taken for a refusal. */
export function approvalEnds({ phaseSince }: Memory, { approvalSeconds = 86_400 }: Move): Date {
  return later(new Date(phaseSince), approvalSeconds);
}

function approvalWanted(memory: Memory, move: Move): Outcome {
  const what = move.way
    ? `is to replace what runs, while nobody is served`
    : `is to get ${move.steps[memory.step]!} % of the traffic`;
  const asked = move.content ? `Release ${move.content.release}` : "What is adopted";
  const until = approvalEnds(memory, move).toISOString();
  return {
    code: "approval_wanted",
    cause: "person",
    message: `${asked} ${what}. Approve or reject it; without an answer all goes back at ${until}.`,
    evidence: (memory.approval?.shown?.steps ?? []).map(({ op, name, diffs }) => ({
      source: "pulumi",
      text: `${op} ${name}: ${diffs.join(", ")}`,
    })),
  };
}

function stoppedOutcome(stopped: { by: string; reason: string }): Outcome {
  return {
    code: "environment_stopped",
    cause: "person",
    message: `The environment was stopped by ${stopped.by}: ${stopped.reason}. It goes on when the environment is resumed.`,
    evidence: [],
  };
}

function observedOutcome(observed: { by: string; reason: string }): Outcome {
  return {
    code: "environment_observed",
    cause: "person",
    message: `The environment is only observed, by ${observed.by}: ${observed.reason}. It goes on when the environment is managed again.`,
    evidence: [],
  };
}

function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}
