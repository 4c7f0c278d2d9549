import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { refuseFrozen } from "../freezes/refuse.ts";
import { sameData } from "./data.ts";
import { restartMove } from "./moves.ts";
import { acceptOnRunning, refuseSuspended } from "./running.ts";

export function restartCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  return acceptOnRunning(deps, environment, id, { kind: "restart", call }, async (running, tx) => {
    const { tenant, layout, live, tier, terms } = running;
    refuseSuspended(id, layout);
    await refuseFrozen(tx, environment, terms);
    return restartMove(layout, live, tenant.revision, terms, sameData(layout, tier, terms.policy));
  });
}
