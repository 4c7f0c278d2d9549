import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { scaleMove } from "./moves.ts";
import { acceptOnRunning, refuseSuspended } from "./running.ts";

/** `replicas`: web pods of a full slot; null: as many as the tier says. */
export function scaleCommand(
  deps: Deps,
  environment: string,
  id: string,
  replicas: number | null,
  call: Call & { reason: string },
): Promise<OperationView> {
  return acceptOnRunning(deps, environment, id, { kind: "scale", call }, ({ tenant, layout, live, terms }) => {
    refuseSuspended(id, layout);
    return scaleMove(layout, live, tenant.revision, replicas, terms);
  });
}
