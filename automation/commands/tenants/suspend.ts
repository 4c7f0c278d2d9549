import { TealError } from "../../../model/errors.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { servingMove } from "./moves.ts";
import { acceptOnServed, refuseSuspended } from "./running.ts";

/** One that was left halfway, closed but with pods, can be suspended again. */
export function suspendCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  return acceptOnServed(deps, environment, id, { kind: "suspend", call }, ({ tenant, layout, live, terms }) => {
    if (layout.suspended === "stopped") refuseSuspended(id, layout);
    return servingMove(layout, live, tenant.revision, false, terms);
  });
}

export function unsuspendCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  return acceptOnServed(deps, environment, id, { kind: "unsuspend", call }, ({ tenant, layout, live, terms }) => {
    if (!layout.suspended) throw notSuspended(id);
    return servingMove(layout, live, tenant.revision, true, terms);
  });
}

function notSuspended(id: string): TealError {
  const message = `Tenant ${id} is not suspended: there is nothing to bring back.`;
  return new TealError("not_suspended", message, { data: { tenant: id } });
}
