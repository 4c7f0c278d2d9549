import type { Operation } from "../../model/operation.ts";
import type { Effects, Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Destroys the tenant's stack, and with it everything of the tenant in the cluster. */
export async function remove({ stacks }: Effects, { environment, tenant }: Operation, tenure: Tenure): Promise<Seen> {
  const { repaired } = await stacks.destroy({ environment, id: tenant }, () => tenure.permit());
  await tenure.tellRepaired(repaired);
  return { event: "removed", message: "Everything of the tenant is gone from the cluster." };
}
