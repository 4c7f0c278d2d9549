import type { Layout } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import type { Clusters } from "../../tenant/data/spec.ts";
import { renderData } from "../renderData.ts";
import type { DataUpResult } from "../stacks/tasks.ts";
import { printedBy, type Effects, type Tenure } from "./effects.ts";

/**
 * Brings the stack that holds the tenant's data to what the tenant's tier and settings say, and makes database and user in its cluster. All
 * of it is idempotent: after a crash between this and the tenant's own stack it is done again, and finds nothing to do. Only a restore gives
 * other `clusters`.
 */
export async function bringData(
  effects: Effects,
  operation: Operation,
  layout: Layout,
  tenure: Tenure,
  clusters?: Clusters,
): Promise<DataUpResult | null> {
  const { ledger, stacks, site, databases } = effects;
  if (!layout.data || !site.data) return null;
  const { environment, tenant: id } = operation;
  const [tenant, last] = await Promise.all([
    ledger.tenantForWork(operation, layout),
    stacks.data.last({ environment, id }),
  ]);
  const spec = renderData(layout, tenant, site.data, last?.spec ?? null, clusters);
  const done = await stacks.data.up(spec, {
    message: `${operation.kind} ${operation.id}`,
    permit: () => tenure.permit(),
    ...printedBy(effects, operation, "up"),
  });
  await tenure.tellRepaired(done.repaired);
  if (spec.database.kind === "cluster") await tenure.tellClusters(spec.database.held);
  const { database } = done.data;
  // In an adopted cluster Teal is nobody: its owner has made the user.
  const others = database?.adopted && done.admin === null;
  if (database && !others) await databases.ensure(database, done.admin);
  return done;
}
