import { TealError } from "../../../model/errors.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { acknowledgeOperation } from "../../ledger/operations/acknowledge.ts";
import { lockOperation } from "../../ledger/operations/read.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { operationView } from "../views.ts";
import { operationNotFound } from "./notFound.ts";

/** From now on its bad end needs nobody any more. Repeating it changes nothing. Throws `action_not_allowed`. */
export async function acknowledgeCommand(
  { ledger }: Pick<Deps, "ledger">,
  id: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  const { actor, reason } = call;
  return once(ledger, call, async (tx) => {
    const operation = await lockOperation(tx, id);
    if (!operation) throw operationNotFound(id);
    const { environment, tenant, kind, state, phase } = operation;
    if (state !== "failed" && state !== "rolled-back") throw notEndedBadly(id, state);
    const acknowledged = await acknowledgeOperation(tx, id, { by: actor, reason });
    if (!acknowledged) return operationView(operation);
    const message = `${actor} took note that the ${kind} ended ${state}: ${reason}`;
    const data = { actor, reason };
    await appendEvents(tx, [{ operation: id, environment, tenant, type: "acknowledged", phase, message, data }]);
    return operationView(acknowledged);
  });
}

function notEndedBadly(id: string, state: string): TealError {
  const whyNot = `Expected an operation that failed or went back; this one is ${state}.`;
  return new TealError("action_not_allowed", whyNot, { data: { operation: id, action: "acknowledge", whyNot } });
}
