import type { Layout } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import type { Action } from "../../model/machine/next.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { foundIn, otherLayouts } from "../drift/expected.ts";
import { changesToTell, surpriseIn, type Surprise } from "../drift/surprise.ts";
import { markKept } from "../drift/kept.ts";
import { render } from "../render.ts";
import type { Effects } from "./effects.ts";
import { refuseOtherRouting } from "./sameRouting.ts";

/**
 * Why an operation may not go on unasked; null where all is as Teal left it. Done before an operation begins, and when
 * a worker takes one up that another had: the ledger may be older than the stack, and hands may have been at work.
 * `action`: what comes next, which may have been done already.
 */
export async function look(effects: Effects, operation: Operation, action: Action): Promise<Surprise | null> {
  const { environment, tenant, kind, phase } = operation;
  // What is removed may be in any state, and a backup changes nothing; a repair is about what was found, and has been shown to who asked for it.
  if (phase === "removing" || kind === "backup" || operation.move === null) return null;
  const last = await effects.stacks.last({ environment, id: tenant });
  refuseOtherRouting(tenant, last, effects.site);
  if (kind === "offboard" || kind === "repair") return null;
  const { layout, failedMove, kept } = await effects.ledger.lookOf(operation);
  const others = otherLayouts({ moves: [operation.move, failedMove], kept });
  const back = phase === "rolling-back" || phase === "restoring";
  const splits = back ? others : action.do === "apply" ? [action.layout] : [];
  const traffic = await effects.routes.split(namespaceOf({ environment, id: tenant }));
  const surprise = surpriseIn(tenant, { layout, others, splits }, { stack: foundIn(last), traffic });
  // A rollback moves traffic wherever it is, and is never held up for an object.
  if (kind === "rollback") return surprise?.code === "traffic_moved" ? null : surprise;
  if (surprise || !layout || phase !== "queued") return surprise;
  return changesToTell(tenant, markKept(await driftFrom(effects, operation, layout), kept));
}

async function driftFrom({ ledger, stacks, site }: Effects, operation: Operation, layout: Layout) {
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  return (await stacks.drift(spec)).items;
}

/** As `look`, for traffic alone: what a step is about to change must be as the step before left it. */
export async function lookAtTraffic(effects: Effects, operation: Operation, next: Layout): Promise<Surprise | null> {
  const { environment, tenant, memory } = operation;
  if (memory.trusting) return null;
  const { layout } = await effects.ledger.lookOf(operation);
  const traffic = await effects.routes.split(namespaceOf({ environment, id: tenant }));
  const known = { layout, others: [next], splits: [next] };
  return surpriseIn(tenant, known, { stack: next, traffic });
}
