import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { refuseFrozen } from "../freezes/refuse.ts";
import { accept } from "./accept.ts";
import { restartMove } from "./moves.ts";
import { refuseSuspended, runningTenant } from "./running.ts";

export async function restartCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  return once(deps.ledger, call, async (tx) => {
    const { tenant, layout, live, terms } = await runningTenant(tx, deps, environment, id);
    refuseSuspended(id, layout);
    await refuseFrozen(tx, environment, terms);
    const move = restartMove(layout, live, tenant.revision, terms);
    return accept(tx, deps.ledger, tenant, { kind: "restart", move, call });
  });
}
