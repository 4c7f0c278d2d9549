/** Performs steps, and tells how they begin and end. */
import type { ResourceState } from "../state/resource.ts";
import type { Deploying } from "./context.ts";
import { Unready, type Outcome } from "./outcome.ts";
import { performCreate, performDelete, performUpdate } from "./performChange.ts";
import { performRead, performRefresh } from "./performRead.ts";
import { performSame } from "./performSame.ts";
import type { Plans } from "./plans.ts";
import type { Step, StepOp } from "./step.ts";

/** What a step led to. A failed one may have a state all the same: made, but not ready. */
export interface Performed {
  readonly step: Step;
  readonly state: ResourceState | undefined;
  readonly failed: boolean;
}

/** Performs one step. Never throws for what a provider did: that is told as the resource's error. */
export async function perform(deploying: Deploying, plans: Plans, step: Step): Promise<Performed> {
  deploying.reporter.before(step);
  try {
    const { state, op, ...found } = await performers[step.op](deploying, step, plans);
    const performed = { ...step, ...found, new: state };
    deploying.reporter.after(performed, op);
    return { step: performed, state, failed: false };
  } catch (error) {
    const state = error instanceof Unready ? error.state : undefined;
    const performed = { ...step, new: state ?? step.new };
    deploying.reporter.failed(performed, error instanceof Error ? error.message : String(error));
    return { step: performed, state, failed: true };
  }
}

type PerformStep = (deploying: Deploying, step: Step, plans: Plans) => Promise<Outcome> | Outcome;

const performers: Readonly<Record<StepOp, PerformStep>> = {
  same: performSame,
  create: performCreate,
  "create-replacement": performCreate,
  update: performUpdate,
  replace: (_deploying, step) => ({ state: step.new }),
  delete: performDelete,
  "delete-replaced": performDelete,
  read: performRead,
  "read-replacement": performRead,
  discard: performDelete,
  "discard-replaced": performDelete,
  refresh: performRefresh,
  "remove-pending-replace": (deploying, step) => {
    deploying.snapshot.done(step.old!);
    return { state: undefined };
  },
};
