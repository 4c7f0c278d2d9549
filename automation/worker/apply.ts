import { colors } from "../../model/color.ts";
import type { Layout } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import type { Advance } from "../ledger/claims.ts";
import { readiness } from "../probes/readiness.ts";
import { routeInForce } from "../probes/route.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { render } from "../render.ts";
import { printedBy, type Effect, type Effects } from "./effects.ts";
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
  if (["shifting", "promoting", "settling", "stopping", "opening"].includes(operation.phase)) {
    const surprise = await lookAtTraffic(effects, operation, layout);
    if (surprise) return surprised(surprise);
  }
  const { ledger, stacks, cluster, site } = effects;
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const approved = operation.memory.approval?.shown?.plan;
  const { changes } = await stacks.up(spec, {
    routeOnly,
    ...printedBy(effects, operation, "up"),
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
  if (done === "stopped") {
    const { left, readiness } = await podsLeft(effects, operation, layout);
    if (left)
      return {
        pending: `Pods are stopping: ${left}`,
        retrySeconds: 0.25,
        overdue: notStopped(left),
        layout,
        readiness,
      };
    return { event: done, message: "Nobody is served, and no pod runs.", layout, readiness, data: { changes } };
  }
  const share = layout.suspended ? "suspended" : `blue ${layout.weights.blue} %, green ${layout.weights.green} %`;
  return { event: done, message: `The stack is as ${operation.phase} wants it: ${share}.`, layout, data: { changes } };
}

/** What still runs of a tenant that is to have no pods; undefined where nothing does. */
async function podsLeft({ cluster }: Effects, { environment, tenant }: Operation, { slots }: Layout) {
  const namespace = namespaceOf({ environment, id: tenant });
  const filled = colors.filter((color) => slots[color] !== null);
  const seen = await Promise.all(filled.map((color) => readiness(cluster, namespace, color)));
  const counts = seen.map(({ replicas, readyReplicas }, i) => [filled[i], { ready: false, replicas, readyReplicas }]);
  return {
    left: seen.find(({ ready }) => !ready)?.message,
    readiness: Object.fromEntries(counts) as Advance["readiness"],
  };
}

function notStopped(left: string) {
  return {
    code: "pods_not_stopped",
    cause: "platform" as const,
    message: `Requests are no longer served, but pods still run: ${left}. Suspend the tenant again.`,
    evidence: [],
  };
}

function notMoved(why: string) {
  return {
    code: "traffic_not_moved",
    cause: "platform" as const,
    message: `The route was changed, but the gateway does not follow: ${why}.`,
    evidence: [],
  };
}
