import type { Operation } from "../../model/operation.ts";
import type { Effects } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Destroys the tenant's stack, and with it everything of the tenant in the cluster. */
export async function remove({ stacks }: Effects, operation: Operation): Promise<Seen> {
  const { repaired } = await stacks.destroy({ environment: operation.environment, id: operation.tenant });
  return { event: "removed", message: "Everything of the tenant is gone from the cluster.", repaired };
}
