import { giveBack } from "../adopting/giveBack.ts";
import type { Operation, Outcome } from "../../model/operation.ts";
import { lookForLeftovers } from "../offboarding/leftovers.ts";
import { removeData } from "./removeData.ts";
import { printedBy, type Effects, type Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Destroys the tenant's stacks, and with them everything of the tenant in the cluster and on AWS; then looks whether all of it is gone. */
export async function remove(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  const place = { environment: operation.environment, id: operation.tenant };
  const waiting = await giveBack(effects, operation, tenure);
  if (waiting) return waiting;
  const printed = printedBy(effects, operation, "destroy");
  const { repaired } = await effects.stacks.destroy(place, { permit: () => tenure.permit(), ...printed });
  await tenure.tellRepaired(repaired);
  // What uses the tenant's data goes before what holds it.
  await removeData(effects, operation, tenure);
  const { left, kept, checked } = await lookForLeftovers(effects.places, place);
  if (left.length > 0)
    return { pending: `Removed, but still there: ${left.join(", ")}`, retrySeconds: 1, overdue: leftovers(left) };
  return {
    event: "removed",
    message: `Everything of the tenant is gone: nothing is left in ${checked.join(", ")}.`,
    ...(operation.kind === "offboard" && { removed: { checked, others: kept } }),
  };
}

function leftovers(left: readonly string[]): Outcome {
  return {
    code: "leftovers",
    cause: "platform",
    message: `The tenant is removed, but something of it is left that may cost money: ${left.join(", ")}. Remove it, then resume.`,
    evidence: left.map((text) => ({ source: "event", text })),
  };
}
