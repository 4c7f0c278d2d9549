import type { Operation } from "../../model/operation.ts";
import { printedBy, type Effects } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Destroys the tenant's stack, and with it everything of the tenant in the cluster. */
export async function remove(effects: Effects, operation: Operation): Promise<Seen> {
  const place = { environment: operation.environment, id: operation.tenant };
  await effects.stacks.destroy(place, printedBy(effects, operation, "destroy"));
  return { event: "removed", message: "Everything of the tenant is gone from the cluster." };
}
