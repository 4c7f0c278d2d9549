import { readFileSync } from "node:fs";
import type { Action } from "../../model/machine/next.ts";
import type { Operation } from "../../model/operation.ts";

/** An action of the machine in the phase in which it is done, such as `apply@shifting`. */
export type Spot = `${Action["do"]}@${string}`;

/**
 * Where in an action the process dies. `before`: it is decided, and nothing done. `during`: the first answer that it
 * waits for has come, its files are written and not yet in place, or its transaction is whole but for the commit. `sent`, `answered`: the change of the cluster is on
 * record as begun and never leaves, or is made and its answer never read. `after`: it is done; of an effect nothing is
 * written down, of the driver's own doings all is.
 */
export type Moment = "before" | "during" | "sent" | "answered" | "after";

export interface Kill {
  tenant: string;
  at: Spot;
  moment: Moment;
  /** Of a shift or a bake: which step. */
  step?: number;
  /** For `sent`, `answered` and files: which of the action's changes; the first unless given. */
  change?: number;
}

/** What the process is to do to itself, read anew at every step of the worker. */
export interface Plan {
  kill?: Kill;
  /** The action there fails as one that no retry mends. */
  fail?: { tenant: string; at: Spot };
  /** The process is stopped (SIGSTOP) as it is about to do the action, once; whoever wrote the plan lets it go on. */
  freeze?: { tenant: string; at: Spot };
}

/** The plan that the suite has written for this process; none where there is no file. */
export function readPlan(): Plan {
  try {
    return JSON.parse(readFileSync(process.env["CHAOS_PLAN"]!, "utf8")) as Plan;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

export function isAt(operation: Operation, action: Action, { tenant, at, step }: Omit<Kill, "moment">): boolean {
  const here = operation.tenant === tenant && `${action.do}@${operation.phase}` === at;
  return here && (step === undefined || step === operation.memory.step);
}

/** Dies as by a power cut: no handler runs, nothing is flushed. */
export function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("unreachable: SIGKILL can't be survived");
}
