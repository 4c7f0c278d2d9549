import type { Queries } from "../database.ts";
import { tenantKey } from "../operations/read.ts";

/** Which of these tenants there are, by `tenantKey`. */
export async function whichExist(
  db: Queries,
  tenants: readonly { environment: string | null; tenant: string | null }[],
): Promise<Set<string>> {
  const ids = [...new Set(tenants.flatMap(({ tenant }) => tenant ?? []))];
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("tenants")
    .select(["environment", "id"])
    .where("id", "in", ids)
    .where("offboarded_at", "is", null)
    .execute();
  return new Set(rows.map(({ environment, id }) => tenantKey(environment, id)));
}
