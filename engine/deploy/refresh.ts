/** Brings state in line with what providers find. */
import { isProviderType } from "../state/urn.ts";
import type { Deploying } from "./context.ts";
import { perform } from "./performer.ts";
import { noPlans } from "./plans.ts";
import { makeStep } from "./step.ts";

/** Reads every resource anew, all at once; gives whether all went well. */
export async function performRefreshes(deploying: Deploying): Promise<boolean> {
  const results = await Promise.all(
    deploying.base.map(async (state) => {
      const provider = state.custom && !isProviderType(state.type) ? await deploying.registry.get(state.provider) : undefined;
      return perform(deploying, noPlans(), makeStep("refresh", state, state, { with: provider }));
    }),
  );
  return results.every((result) => !result.failed);
}
