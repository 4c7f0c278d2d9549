import { TealError } from "../../../model/errors.ts";
import type { FreezeView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { liftFreeze, readFreeze } from "../../ledger/freezes/lift.ts";
import { rouse } from "../../ledger/operations/rouse.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { freezeView } from "../views.ts";

/** Ends a freeze early, or calls one off: what waited for it goes on. One that is over or lifted is left as it is. */
export async function liftFreezeCommand(deps: Deps, environment: string, id: string, call: Call): Promise<FreezeView> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  const { actor, reason = null } = call;
  return once(ledger, call, async (tx) => {
    const row = await liftFreeze(tx, environment, id, { by: actor, reason });
    if (!row) return freezeView((await readFreeze(tx, environment, id)) ?? fail(notFound(environment, id)));
    await rouse(tx, ledger.wake, environment);
    const message = `${actor} lifted the freeze of environment ${environment} (${row.reason})${reason === null ? "" : `: ${reason}`}`;
    const data = { actor, freeze: id, ...(reason !== null && { reason }) };
    await appendEvents(tx, [{ operation: null, environment, tenant: null, type: "freeze_lifted", message, data }]);
    return freezeView(row);
  });
}

function notFound(environment: string, id: string): TealError {
  const message = `Environment ${environment} has no freeze ${id}.`;
  return new TealError("freeze_not_found", message, { data: { environment, freeze: id } });
}

function fail(error: TealError): never {
  throw error;
}
