import type { Layout } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import { render } from "../render.ts";
import type { Effects, Tenure } from "./effects.ts";
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
export async function bring(
  { ledger, stacks, site }: Effects,
  operation: Operation,
  layout: Layout,
  tenure: Tenure,
): Promise<{ spec: TenantSpec; changes: Record<string, number> }> {
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const message = `${operation.kind} ${operation.id}`;
  const { changes, repaired } = await stacks.up(spec, { message, permit: () => tenure.permit() });
  await tenure.tellRepaired(repaired);
  return { spec, changes };
}
