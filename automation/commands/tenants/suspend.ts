import { TealError } from "../../../model/errors.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { accept } from "./accept.ts";
import { servingMove } from "./moves.ts";
import { refuseSuspended, runningTenant } from "./running.ts";

/** One that was left halfway, closed but with pods, can be suspended again. */
export async function suspendCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  return once(deps.ledger, call, async (tx) => {
    const { tenant, layout, live, terms } = await runningTenant(tx, deps, environment, id);
    if (layout.suspended === "stopped") refuseSuspended(id, layout);
    const move = servingMove(layout, live, tenant.revision, false, terms);
    return accept(tx, deps.ledger, tenant, { kind: "suspend", move, call });
  });
}

export async function unsuspendCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  return once(deps.ledger, call, async (tx) => {
    const { tenant, layout, live, terms } = await runningTenant(tx, deps, environment, id);
    if (!layout.suspended) throw notSuspended(id);
    const move = servingMove(layout, live, tenant.revision, true, terms);
    return accept(tx, deps.ledger, tenant, { kind: "unsuspend", move, call });
  });
}

function notSuspended(id: string): TealError {
  const message = `Tenant ${id} is not suspended: there is nothing to bring back.`;
  return new TealError("not_suspended", message, { data: { tenant: id } });
}
