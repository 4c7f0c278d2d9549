import { TealError } from "../../../model/errors.ts";
import { alreadySo, refusal } from "../../../model/machine/actions.ts";
import type { Intervention, Operation, Request } from "../../../model/operation.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { lockOperation } from "../../ledger/operations/read.ts";
import { writeRequest } from "../../ledger/operations/request.ts";
import { once } from "../call.ts";
import { refuseObserved } from "../environments/mode.ts";
import type { Deps } from "../deps.ts";
import { operationView } from "../views.ts";
import { operationNotFound } from "./notFound.ts";

export async function interveneCommand(
  deps: Deps,
  id: string,
  name: Intervention,
  call: Call & { reason: string; plan?: string },
): Promise<OperationView> {
  return once(deps.ledger, call, async (tx) => {
    const operation = await lockOperation(tx, id);
    if (!operation) throw operationNotFound(id);
    return intervene(tx, deps, operation, {
      name,
      actor: call.actor,
      reason: call.reason,
      ...(call.plan !== undefined && { plan: call.plan }),
    });
  });
}

/**
 * Asks something of an operation that the transaction holds. Repeating what is so, or asked already, changes nothing.
 * Throws `action_not_allowed`.
 */
export async function intervene(
  tx: Queries,
  { ledger }: Pick<Deps, "ledger">,
  operation: Operation,
  request: Request,
): Promise<OperationView> {
  const { name, actor, reason } = request;
  const whyNot = refusal(name, operation) ?? overruled(name, operation);
  if (whyNot !== undefined) throw notAllowed(operation, name, whyNot);
  // To have it hold still is all that means anything there.
  if (name !== "pause") await refuseObserved(tx, operation.environment);
  if (name === "approve") requirePlan(operation, request);
  if (alreadySo(name, operation) || (goesBack(name) && goesBack(operation.request?.name))) {
    return operationView(operation);
  }
  await writeRequest(tx, ledger.wake, operation.id, request);
  const { id, environment, tenant, phase } = operation;
  const message = `${actor} asked for ${name}: ${reason}`;
  const event = { operation: id, environment, tenant, type: "requested", phase, message };
  await appendEvents(tx, [{ ...event, data: { actor, action: name, reason } }]);
  return operationView({ ...operation, request });
}

/** Whoever approves has seen what would be done, and approves just that. */
function requirePlan({ id, memory }: Operation, { plan }: Request): void {
  const shown = memory.approval?.shown?.plan;
  if (plan === shown) return;
  const message = `Expected the plan of the operation's approval, ${shown ?? "which is not made yet"}; got ${plan}. Read the operation again and approve what it shows.`;
  throw new TealError("plan_changed", message, { data: { operation: id } });
}

/** Going back, once asked, is not called off by asking for less. */
function overruled(name: Intervention, { request }: Operation): string | undefined {
  if (!request || !goesBack(request.name) || goesBack(name)) return undefined;
  return `${request.actor} has just asked for ${request.name}, which comes first.`;
}

function goesBack(name: Intervention | undefined): boolean {
  return name === "abort" || name === "rollback";
}

function notAllowed({ id, kind, phase }: Operation, action: Intervention, whyNot: string): TealError {
  const message = `The ${kind} can't be told to ${action} now. ${whyNot}`;
  return new TealError("action_not_allowed", message, { data: { operation: id, action, phase, whyNot } });
}
