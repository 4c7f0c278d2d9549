import type { Operation, Outcome } from "../../model/operation.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { readiness } from "../probes/readiness.ts";
import { appliedSoFar, bring } from "./bring.ts";
import type { Effect, Effects, Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Starts the pods of what ran before, behind the closed route: requests are led to them once they are ready. */
export async function warm(
  effects: Effects,
  operation: Operation,
  { layout }: Extract<Effect, { do: "warm" }>,
  tenure: Tenure,
): Promise<Seen> {
  const { live } = layout;
  if (!operation.memory.applied) {
    await bring(effects, operation, layout, tenure);
    const pending = `Pods of ${live} start again.`;
    return appliedSoFar(operation, layout, { pending, overdue: notReady(pending) });
  }
  const namespace = namespaceOf({ environment: operation.environment, id: operation.tenant });
  const { ready, replicas, readyReplicas, message } = await readiness(effects.cluster, namespace, live);
  const seen = { readiness: { [live]: { ready, replicas, readyReplicas } } };
  if (!ready) return { pending: message, retrySeconds: 0.25, overdue: notReady(message), ...seen };
  return { event: "warmed", message: `All ${replicas} pods of ${live} are ready again.`, ...seen };
}

function notReady(why: string): Outcome {
  return {
    code: "old_release_not_ready",
    cause: "platform",
    message: `What ran before does not become ready again: ${why}. The service is shut meanwhile.`,
    evidence: [],
  };
}
