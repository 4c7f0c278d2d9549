import type { Layout } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import { render } from "../render.ts";
import { printedBy, type Effects, type Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Says that a phase's layout is applied, so that what follows is waiting alone; `overdue` if it takes too long. */
export function appliedSoFar(
  operation: Operation,
  layout: Layout,
  { pending, overdue }: Pick<Extract<Seen, { pending: string }>, "pending" | "overdue">,
): Seen {
  return { pending, retrySeconds: 0.1, overdue, layout, memory: { ...operation.memory, applied: true } };
}

/** Brings the tenant's stack to `layout`. */
export async function bring(effects: Effects, operation: Operation, layout: Layout, tenure: Tenure): Promise<void> {
  const { ledger, stacks, site } = effects;
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const message = `${operation.kind} ${operation.id}`;
  const permit = () => tenure.permit();
  const { repaired } = await stacks.up(spec, { message, permit, ...printedBy(effects, operation, "up") });
  await tenure.tellRepaired(repaired);
}
