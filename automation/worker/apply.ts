import type { Operation } from "../../model/operation.ts";
import { routeInForce } from "../probes/route.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { render } from "../render.ts";
import type { Effect, Effects } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Brings the tenant's stack to the action's layout. Traffic has moved only once the gateway says so. */
export async function apply(
  { ledger, stacks, cluster, site }: Effects,
  operation: Operation,
  action: Extract<Effect, { do: "apply" }>,
): Promise<Seen> {
  const { layout, routeOnly, done } = action;
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const { changes } = await stacks.up(spec, { routeOnly, message: `${operation.kind} ${operation.id}` });
  if (done === "moved") {
    const { inForce, why } = await routeInForce(
      cluster,
      namespaceOf({ environment: operation.environment, id: operation.tenant }),
    );
    if (!inForce)
      return { pending: `Applied, but not moved yet: ${why}`, retrySeconds: 0.1, overdue: notMoved(why), layout };
  }
  const share = `blue ${layout.weights.blue} %, green ${layout.weights.green} %`;
  return { event: done, message: `The stack is as ${operation.phase} wants it: ${share}.`, layout, data: { changes } };
}

function notMoved(why: string) {
  return {
    code: "traffic_not_moved",
    cause: "platform" as const,
    message: `The route was changed, but the gateway does not follow: ${why}.`,
    evidence: [],
  };
}
