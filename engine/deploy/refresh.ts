/** Brings state in line with what providers find. */
import type { ResourceState } from "../state/resource.ts";
import { isProviderType } from "../state/urn.ts";
import type { Deploying } from "./context.ts";
import { directDependencies } from "./dependencies.ts";
import { perform } from "./performer.ts";
import { noPlans } from "./plans.ts";
import { changes } from "./snapshot.ts";
import { makeStep } from "./step.ts";
import type { UrnTargets } from "./targets.ts";

/** Reads resources of the state anew; gives whether all went well. */
export async function performRefreshes(deploying: Deploying, states: readonly ResourceState[]): Promise<boolean> {
  const results = await deploying.parallel.all(states, async (state) => {
    if (deploying.signal.aborted) return undefined;
    const provider =
      state.custom && !isProviderType(state.type) ? await deploying.registry.get(state.provider) : undefined;
    const step = makeStep("refresh", state, state, { with: provider, logical: false });
    const result = await perform(deploying, noPlans(), step);
    if (!result.failed) settleChanges(deploying, state);
    return result;
  });
  forgetGone(deploying);
  return results.every((result) => !result?.failed);
}

/** What an earlier run left undecided has been seen to. */
function settleChanges({ snapshot }: Deploying, state: ResourceState): void {
  for (const operation of snapshot.unsettled) if (changes(operation, state)) snapshot.settle(operation);
}

/** What a refresh is about: all, unless the operation is limited. */
export function statesMeant({ base, scope }: Deploying): readonly ResourceState[] {
  const { targets, targetDependents, excludes, excludeDependents } = scope;
  if (targets.constrained) {
    const urns = targetDependents ? refreshDependents(base, targets.copy()) : targets;
    return base.filter(({ urn }) => urns.has(urn));
  }
  if (!excludes.constrained) return base;
  const urns = excludeDependents ? refreshDependents(base, excludes.copy()) : excludes;
  return base.filter(({ urn }) => !urns.has(urn));
}

/** Adds what depends on them, the providers' resources apart. */
function refreshDependents(base: readonly ResourceState[], urns: UrnTargets): UrnTargets {
  for (const state of base)
    if ([...directDependencies({ ...state, provider: "" })].some((urn) => urns.has(urn))) urns.literals.add(state.urn);
  return urns;
}

/** What is gone is no longer depended on; its children become those of its own parent. */
function forgetGone(deploying: Deploying): void {
  const parents = new Map(deploying.base.map((state) => [state.urn, state.parent]));
  const { resources } = deploying.snapshot.current();
  const all = new Set(resources.map((state) => state.urn));
  const before = new Set<string>();
  for (const state of resources) {
    const kept = withParentThere(keepingOnly(state, before), all, parents);
    if (kept !== state) deploying.snapshot.amend(state, kept);
    before.add(state.urn);
  }
}

function withParentThere(
  state: ResourceState,
  there: ReadonlySet<string>,
  parents: ReadonlyMap<string, string>,
): ResourceState {
  let { parent } = state;
  while (parent !== "" && !there.has(parent)) parent = parents.get(parent) ?? "";
  return parent === state.parent ? state : { ...state, parent };
}

function keepingOnly(state: ResourceState, urns: ReadonlySet<string>): ResourceState {
  const there = (urn: string) => urns.has(urn);
  const lists = Object.entries(state.propertyDependencies);
  const gone = [state.deletedWith, ...state.replaceWith, ...state.dependencies].some(
    (urn) => urn !== "" && !there(urn),
  );
  if (!gone && lists.every(([, list]) => list.length > 0 && list.every(there))) return state;
  return {
    ...state,
    deletedWith: there(state.deletedWith) ? state.deletedWith : "",
    replaceWith: state.replaceWith.filter(there),
    dependencies: state.dependencies.filter(there),
    propertyDependencies: Object.fromEntries(
      lists.map(([key, list]): [string, string[]] => [key, list.filter(there)]).filter(([, list]) => list.length > 0),
    ),
  };
}
