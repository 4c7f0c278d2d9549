/** What is left when a program has said all it wants: those resources are deleted, dependants first. */
import type { ResourceState } from "../state/resource.ts";
import type { Deploying } from "./context.ts";
import { deletionRounds, transitiveDependencies } from "./dependencies.ts";
import { perform } from "./performer.ts";
import type { Plans } from "./plans.ts";
import { providerOfOld } from "./replacing.ts";
import { makeStep, type Step } from "./step.ts";

/** Deletes everything that has not been operated on, or only those that `condemned` names. Gives whether all went well. */
export async function performDeletes(deploying: Deploying, plans: Plans, stopped: () => boolean): Promise<boolean> {
  const states = deploying.snapshot.current().resources;
  const doomed = states.filter((state) => state.delete || !plans.operated.has(state.urn));
  const steps = new Map<ResourceState, Step>();
  for (const state of doomed) {
    plans.deleted.add(state.urn);
    steps.set(state, await planDelete(deploying, state));
  }
  const failed: ResourceState[] = [];
  for (const round of deletionRounds(doomed)) {
    if (stopped()) return false;
    // What a resource that could not be deleted needs must stay.
    const needed = transitiveDependencies(states, failed);
    const able = round.filter((state) => !needed.has(state.urn));
    const results = await Promise.all(able.map((state) => perform(deploying, plans, steps.get(state)!)));
    failed.push(...able.filter((_, i) => results[i]!.failed));
  }
  return failed.length === 0;
}

async function planDelete(deploying: Deploying, state: ResourceState): Promise<Step> {
  if (!state.delete && state.pendingReplacement) return makeStep("remove-pending-replace", state, undefined);
  const provider = state.retainOnDelete ? undefined : await providerOfOld(deploying, state);
  if (state.delete) return makeStep("delete-replaced", state, undefined, { with: provider, logical: false });
  return makeStep("delete", state, undefined, { with: provider });
}
