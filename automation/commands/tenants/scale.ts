import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { accept } from "./accept.ts";
import { scaleMove } from "./moves.ts";
import { refuseSuspended, runningTenant } from "./running.ts";

/** `replicas`: web pods of a full slot; null: as many as the tier says. */
export async function scaleCommand(
  deps: Deps,
  environment: string,
  id: string,
  replicas: number | null,
  call: Call & { reason: string },
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  return once(deps.ledger, call, async (tx) => {
    const { tenant, layout, live, terms } = await runningTenant(tx, deps, environment, id);
    refuseSuspended(id, layout);
    const move = scaleMove(layout, live, tenant.revision, replicas, terms);
    return accept(tx, deps.ledger, tenant, { kind: "scale", move, call });
  });
}
