import { colors } from "../../model/color.ts";
import { TealError } from "../../model/errors.ts";
import type { Layout } from "../../model/layout.ts";
import { approvedLayout } from "../../model/machine/next.ts";
import type { Operation } from "../../model/operation.ts";
import type { Advance } from "../ledger/claims.ts";
import { readiness } from "../probes/readiness.ts";
import { sampleSplit } from "../probes/sample.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import { render } from "../render.ts";
import { planDigest } from "../stacks/plan.ts";
import { appliedSoFar } from "./bring.ts";
import { printedBy, type Effect, type Effects, type Tenure } from "./effects.ts";
import { lookAtTraffic } from "./look.ts";
import { surprised, type Seen } from "./seen.ts";

/** Brings the tenant's stack to the action's layout. Traffic has moved only once the gateway says so. */
export async function apply(
  effects: Effects,
  operation: Operation,
  action: Extract<Effect, { do: "apply" }>,
  tenure: Tenure,
): Promise<Seen> {
  const { layout, routeOnly, done } = action;
  // Before it begins it has been looked at as a whole, and going back is never held up.
  // A tenant that leaves may be in any state.
  const looks = ["shifting", "promoting", "settling", "stopping", "opening"].includes(operation.phase);
  if (looks && operation.kind !== "offboard") {
    const surprise = await lookAtTraffic(effects, operation, layout);
    if (surprise) return surprised(surprise);
  }
  const { ledger, stacks, site } = effects;
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const approved = operation.memory.approval?.shown?.plan;
  if (approved !== undefined && operation.phase === "closing") await refuseUnapproved(effects, operation, approved);
  const { changes, repaired } = operation.memory.applied
    ? { changes: {}, repaired: [] }
    : await stacks.up(spec, {
        routeOnly,
        ...printedBy(effects, operation, "up"),
        ...(approved !== undefined && { plan: approved }),
        message: `${operation.kind} ${operation.id}`,
        permit: () => tenure.permit(),
        ...(operation.move?.shown && { shown: operation.move.shown }),
      });
  await tenure.tellRepaired(repaired);
  if (done === "moved") {
    const why = await notMovedYet(effects, operation, spec);
    if (why)
      return appliedSoFar(operation, layout, {
        pending: `Applied, but not moved yet: ${why}`,
        overdue: notMoved(why),
      });
  }
  if (done === "stopped") {
    const { left, readiness } = await podsLeft(effects, operation, layout);
    if (left)
      return {
        ...appliedSoFar(operation, layout, { pending: `Pods are stopping: ${left}`, overdue: notStopped(left) }),
        readiness,
      };
    return { event: done, message: "Nobody is served, and no pod runs.", layout, readiness, data: { changes } };
  }
  const share = layout.suspended
    ? layout.maintenance
      ? "in maintenance"
      : "suspended"
    : `blue ${layout.weights.blue} %, green ${layout.weights.green} %`;
  const message = `The stack is as ${operation.phase} wants it: ${share}.${leftBehind(operation, layout)}`;
  return { event: done, message, layout, data: { changes } };
}

/** What was adopted stays when a release has replaced it: Teal has not made it, so that a person says when it goes. */
function leftBehind({ move }: Operation, layout: Layout): string {
  const adopted = move?.before?.adopted;
  if (!adopted || layout.adopted) return "";
  return ` What was adopted in namespace ${adopted.namespace} is let go: nothing of the tenant's leads there, and its pods run until somebody removes them.`;
}

/** Why traffic is not where the stack has it, by the gateway's word and by answers; undefined where it is. */
async function notMovedYet(effects: Effects, operation: Operation, spec: TenantSpec): Promise<string | undefined> {
  const { routes, traffic, gateway, site } = effects;
  const { environment, tenant } = operation;
  const namespace = namespaceOf({ environment, id: tenant });
  const { inForce, why } = await routes.inForce(namespace);
  if (!inForce) return why;
  // Nobody answers there but the gateway itself.
  if (spec.suspended) return undefined;
  const target = { gateway, routing: routes.routing, host: site.hostOf(environment, tenant) };
  // Of what is adopted Teal knows no path, and the gateway's figures no color: those of the other copy say enough.
  const filled = spec[spec.live] ?? spec.blue ?? spec.green;
  if (!filled) return undefined;
  const { healthPath: path } = filled.web;
  const silent = spec.adopted?.color;
  const sample = await sampleSplit(traffic, target, {
    namespace,
    weights: spec.weights,
    path,
    ...(silent && { silent }),
  });
  return sample.shows ? undefined : sample.why;
}

/** What was approved is all that is done while nobody is served, not just the shutting. Throws `plan_changed`. */
async function refuseUnapproved(effects: Effects, operation: Operation, approved: string): Promise<void> {
  const { ledger, stacks, site } = effects;
  const layout = approvedLayout(operation.memory, operation.move!);
  const { steps } = await stacks.preview(render(layout, await ledger.tenantForWork(operation, layout), site));
  if (planDigest(steps) === approved) return;
  const message = `What would be done to ${operation.tenant} is not what was approved.`;
  throw new TealError("plan_changed", message, { data: { cause: "person", retriable: false, evidence: [] } });
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
