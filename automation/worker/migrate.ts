import type { Operation, Outcome } from "../../model/operation.ts";
import { migrationName, namespaceOf } from "../../tenant/plan/names.ts";
import { jobState } from "../probes/job.ts";
import { render } from "../render.ts";
import { masking, secretsOf } from "../stacks/mask.ts";
import { appliedSoFar, bring } from "./bring.ts";
import type { Effect, Effects, Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Has the release's migration run as a Job, and waits for its end. What it wrote is kept in the event of its end. */
export async function migrate(
  effects: Effects,
  operation: Operation,
  { layout }: Extract<Effect, { do: "migrate" }>,
  tenure: Tenure,
): Promise<Seen> {
  const release = operation.move!.content!.release;
  if (!operation.memory.applied) {
    await bring(effects, operation, layout, tenure);
    const pending = `The migration of release ${release} runs.`;
    return appliedSoFar(operation, layout, { pending, overdue: outcomeOf(release, "it has not ended in time", []) });
  }
  const namespace = namespaceOf({ environment: operation.environment, id: operation.tenant });
  const state = await jobState(effects.cluster, namespace, migrationName(layout.migration!.run));
  const { ledger, site } = effects;
  // While it runs there is no log yet, and nothing to read secrets for.
  const masked = async () => {
    const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
    return state.log.map(masking(secretsOf(spec)));
  };
  switch (state.is) {
    case "done":
      return {
        event: "migrated",
        message: `The migration of release ${release} has ended well.`,
        data: { log: await masked() },
      };
    case "failed": {
      const outcome = outcomeOf(release, state.message, await masked());
      return { event: "failed", message: outcome.message, outcome };
    }
    default:
      return {
        pending: `The migration of release ${release} runs${state.message && `: ${state.message}`}.`,
        retrySeconds: 0.25,
        overdue: outcomeOf(release, `it has not ended in time${state.message && `: ${state.message}`}`, []),
      };
  }
}

function outcomeOf(release: string, why: string, log: readonly string[]): Outcome {
  return {
    code: "migration_failed",
    cause: "release",
    message: `The migration of release ${release} failed: ${why}.`,
    evidence: log.slice(-20).map((text) => ({ source: "log", text: text.slice(0, 500) })),
  };
}
