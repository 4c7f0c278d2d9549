import type { Operation } from "../../model/operation.ts";
import { routeInForce } from "../probes/route.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { render } from "../render.ts";
import type { Effect, Effects } from "./effects.ts";
import { lookAtTraffic } from "./look.ts";
import { surprised, type Seen } from "./seen.ts";

/** Brings the tenant's stack to the action's layout. Traffic has moved only once the gateway says so. */
export async function apply(
  effects: Effects,
  operation: Operation,
  action: Extract<Effect, { do: "apply" }>,
): Promise<Seen> {
  const { layout, routeOnly, done } = action;
  // Before it begins it has been looked at as a whole, and going back is never held up.
  if (["shifting", "promoting", "settling"].includes(operation.phase)) {
    const surprise = await lookAtTraffic(effects, operation, layout);
    if (surprise) return surprised(surprise);
  }
  const { ledger, stacks, cluster, site } = effects;
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const approved = operation.memory.approval?.shown?.plan;
  const { changes } = await stacks.up(spec, {
    routeOnly,
    ...(approved !== undefined && { plan: approved }),
    message: `${operation.kind} ${operation.id}`,
    ...(operation.move?.shown && { shown: operation.move.shown }),
  });
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
