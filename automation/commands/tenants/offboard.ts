import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { accept } from "./accept.ts";
import { heldTenant, requireIdle } from "./tenant.ts";

export async function offboardCommand(deps: Deps, environment: string, id: string, call: Call): Promise<OperationView> {
  requireEnvironment(deps, environment);
  return once(deps.ledger, call, async (tx) => {
    const tenant = await heldTenant(tx, environment, id);
    await requireIdle(tx, tenant);
    return accept(tx, deps.ledger, tenant, { kind: "offboard", move: null, call });
  });
}
