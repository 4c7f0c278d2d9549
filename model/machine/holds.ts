import type { OperationKind, Phase } from "../operation.ts";

/** Kinds that change what a tenant's data is kept in, and the phases in which they do, before the tenant's own stack changes. */
const openers: Partial<Record<OperationKind, readonly Phase[]>> = {
  provision: ["migrating", "deploying"],
  configure: ["migrating", "deploying"],
};

/**
 * Whether an operation may bring the stack that holds the tenant's data up to date now. A rollout never does, nor anything on its way
 * back: no flip of traffic opens it. A restore does so while it brings data back, and offboarding at its end, each in an action of its own.
 */
export function opensData({ kind, phase }: { kind: OperationKind; phase: Phase }): boolean {
  return openers[kind]?.includes(phase) ?? false;
}
