import { TealError } from "../../../model/errors.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { keepsData, requireBackups } from "../tenants/data.ts";
import { inPlaceMove } from "../tenants/moves.ts";
import { acceptOnRunning } from "../tenants/running.ts";

/** Throws `no_data`, `backups_unavailable`. */
export function backUpCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  return acceptOnRunning(deps, environment, id, { kind: "backup", call }, ({ tenant, layout, live, terms }) => {
    if (!keepsData(layout)) throw noData(id);
    requireBackups(deps, layout, "A backup was asked for");
    return inPlaceMove(layout, live, tenant.revision, terms);
  });
}

export function noData(id: string): TealError {
  const message = `Tenant ${id} has no data that Teal keeps: none of its releases has asked for a volume, and it has nothing of its own on AWS.`;
  return new TealError("no_data", message, { data: { tenant: id } });
}
