/** Brings state in line with what providers find. */
import type { ResourceState } from "../state/resource.ts";
import { isProviderType } from "../state/urn.ts";
import type { Deploying } from "./context.ts";
import { perform } from "./performer.ts";
import { noPlans } from "./plans.ts";
import { makeStep } from "./step.ts";

/** Reads every resource anew, all at once; gives whether all went well. */
export async function performRefreshes(deploying: Deploying): Promise<boolean> {
  const results = await Promise.all(
    deploying.base.map(async (state) => {
      const provider =
        state.custom && !isProviderType(state.type) ? await deploying.registry.get(state.provider) : undefined;
      return perform(deploying, noPlans(), makeStep("refresh", state, state, { with: provider }));
    }),
  );
  forgetGone(deploying);
  return results.every((result) => !result.failed);
}

/** What is gone is no longer depended on; and properties that depend on nothing are not listed. */
function forgetGone(deploying: Deploying): void {
  const { resources } = deploying.snapshot.current();
  const urns = new Set(resources.map((state) => state.urn));
  for (const state of resources) {
    const kept = keepingOnly(state, urns);
    if (kept !== state) deploying.snapshot.amend(state, kept);
  }
}

function keepingOnly(state: ResourceState, urns: ReadonlySet<string>): ResourceState {
  const there = (urn: string) => urns.has(urn);
  const lists = Object.entries(state.propertyDependencies);
  const gone = [state.parent, state.deletedWith, ...state.dependencies].some((urn) => urn !== "" && !there(urn));
  if (!gone && lists.every(([, list]) => list.length > 0 && list.every(there))) return state;
  return {
    ...state,
    parent: there(state.parent) ? state.parent : "",
    deletedWith: there(state.deletedWith) ? state.deletedWith : "",
    dependencies: state.dependencies.filter(there),
    propertyDependencies: Object.fromEntries(
      lists.map(([key, list]): [string, string[]] => [key, list.filter(there)]).filter(([, list]) => list.length > 0),
    ),
  };
}
