import type { Operation, Outcome } from "../../model/operation.ts";
import { render } from "../render.ts";
import { planDigest } from "../stacks/plan.ts";
import { printedBy, type Effect, type Effects } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Previews the step that waits at a gate, so that whoever approves it sees what would be done, and approves just that. */
export async function ask(
  effects: Effects,
  operation: Operation,
  { layout }: Extract<Effect, { do: "ask" }>,
): Promise<Seen> {
  const { ledger, stacks, site } = effects;
  const { memory } = operation;
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const { steps } = await stacks.preview(spec, printedBy(effects, operation, "preview"));
  const { gate } = memory.approval!;
  return {
    pending: `It waits at the gate ${gate} for an approval of what it would do next.`,
    retrySeconds: 0,
    overdue,
    memory: { ...memory, approval: { gate, shown: { plan: planDigest(steps), steps } } },
  };
}

/** Never shown: what is previewed is asked about at once, and trouble on the way has its own words. */
const overdue: Outcome = {
  code: "unexpected",
  cause: "platform",
  message: "What is to be approved could not be previewed.",
  evidence: [],
};
