import { sql } from "kysely";
import type { Advance } from "../claims.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";
import type { ReadinessByColor } from "../schema.ts";

/** Writes down what is now so of a tenant. */
export async function recordTenant(tx: Queries, uid: string, applied: Advance): Promise<void> {
  const { layout, tenantRevision, readiness, clusters, offboarded } = applied;
  const values = {
    ...(layout !== undefined && { layout: layout && json(layout) }),
    // Only an operation that went well says it, and nobody has to look any more.
    ...(tenantRevision !== undefined && { revision: tenantRevision, attention: null }),
    ...(readiness && { readiness: sql<string>`readiness || ${json(stamped(readiness))}::jsonb` }),
    ...(clusters && { clusters: json(clusters) }),
    ...(offboarded && { offboarded_at: sql<Date>`now()` }),
  };
  if (Object.keys(values).length > 0) {
    await tx.updateTable("tenants").set(values).where("uid", "=", uid).execute();
  }
}

function stamped(readiness: NonNullable<Advance["readiness"]>): ReadinessByColor {
  const at = new Date().toISOString();
  return Object.fromEntries(Object.entries(readiness).map(([color, seen]) => [color, { ...seen, at }]));
}
