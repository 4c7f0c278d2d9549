import type { Provider, PropertyDiff } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";

export type StepOp =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "discard"
  | "discard-replaced"
  | "refresh"
  | "remove-pending-replace";

/** One operation on one resource, as planned. */
export interface Step {
  readonly op: StepOp;
  readonly urn: string;
  readonly type: string;
  readonly old: ResourceState | undefined;
  readonly new: ResourceState | undefined;
  /** The resource's provider as states name it; empty for components and providers. */
  readonly provider: string;
  /** Present where the step calls the provider. */
  readonly with?: Provider | undefined;
  /** Whether the step counts as what the user asked for, rather than as a part of it. */
  readonly logical: boolean;
  readonly keys?: readonly string[] | undefined;
  readonly diffs?: readonly string[] | undefined;
  readonly detailedDiff?: Readonly<Record<string, PropertyDiff>> | undefined;
  readonly ignoreChanges?: readonly string[];
  /** A replacement whose old resource is deleted when everything else is done. */
  readonly pendingDelete?: boolean;
  /** A deletion before its replacement is made. */
  readonly deleteBeforeReplace?: boolean;
  /** An earlier run began to create it and did not live to record how that ended. */
  readonly adopt?: boolean;
  /** Outside of what the operation is limited to: kept as it was. */
  readonly untargeted?: boolean;
  /** New, and outside of what the operation is limited to: not made. */
  readonly skipped?: boolean;
}

type StepDetails = Partial<
  Pick<
    Step,
    | "with"
    | "keys"
    | "diffs"
    | "detailedDiff"
    | "ignoreChanges"
    | "pendingDelete"
    | "deleteBeforeReplace"
    | "adopt"
    | "untargeted"
    | "skipped"
  >
> & { logical?: boolean };

export function makeStep(
  op: StepOp,
  old: ResourceState | undefined,
  next: ResourceState | undefined,
  details: StepDetails = {},
): Step {
  const about = (next ?? old)!;
  return { op, urn: about.urn, type: about.type, old, new: next, provider: about.provider, logical: true, ...details };
}
