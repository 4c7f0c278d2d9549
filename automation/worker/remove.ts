import type { Operation } from "../../model/operation.ts";
import { printedBy, type Effects, type Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Destroys the tenant's stack, and with it everything of the tenant in the cluster. */
export async function remove(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  const place = { environment: operation.environment, id: operation.tenant };
  const printed = printedBy(effects, operation, "destroy");
  const { repaired } = await effects.stacks.destroy(place, { permit: () => tenure.permit(), ...printed });
  await tenure.tellRepaired(repaired);
  return { event: "removed", message: "Everything of the tenant is gone from the cluster." };
}
