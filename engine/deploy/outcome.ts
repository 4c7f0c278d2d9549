import type { InitError } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import type { Step, StepOp } from "./step.ts";

/** What performing a step gave. `op` says what it turned out to be, where that is not what it set out to do. */
export interface Outcome {
  readonly state: ResourceState | undefined;
  readonly op?: StepOp;
  readonly diffs?: Step["diffs"];
  readonly detailedDiff?: Step["detailedDiff"];
}

/** The resource is there, but not as it should be: the step failed, and yet there is a state to keep. */
export class Unready extends Error {
  readonly state: ResourceState;
  constructor(state: ResourceState, cause: InitError) {
    super(cause.message, { cause });
    this.name = "Unready";
    this.state = state;
  }
}
