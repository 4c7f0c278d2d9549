import { TealError } from "../../../model/errors.ts";
import type { EnvironmentMode } from "../../../model/environment.ts";
import type { EnvironmentView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { manageEnvironment, observeEnvironment, readObserved } from "../../ledger/environments/observe.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { rouse } from "../../ledger/operations/rouse.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment, viewOf } from "./environment.ts";

/** Has an environment only observed, or managed again. Repeating it changes nothing. */
export async function setModeCommand(
  deps: Deps,
  environment: string,
  mode: EnvironmentMode,
  call: Call & { reason: string },
): Promise<EnvironmentView> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  const { actor, reason } = call;
  return once(ledger, call, async (tx) => {
    const changed =
      mode === "observe"
        ? await observeEnvironment(tx, environment, actor, reason)
        : await manageEnvironment(tx, environment);
    const view = await viewOf(tx, environment);
    if (!changed) return view;
    await rouse(tx, ledger.wake, environment);
    const message = `${actor} has environment ${environment} ${mode === "observe" ? "only observed" : "managed again"}: ${reason}`;
    const event = { operation: null, environment, tenant: null, type: "environment_mode", message };
    await appendEvents(tx, [{ ...event, data: { actor, reason, mode } }]);
    return view;
  });
}

/** Throws `environment_observed` for what would write to cluster or stacks. */
export async function refuseObserved(tx: Queries, environment: string): Promise<void> {
  const observed = await readObserved(tx, environment);
  if (!observed) return;
  const message = `Environment ${environment} is only observed, by ${observed.by}: ${observed.reason}. Previews, drift and reports work; for this, have it managed first (PUT …/mode).`;
  throw new TealError("environment_observed", message, { data: { environment } });
}
