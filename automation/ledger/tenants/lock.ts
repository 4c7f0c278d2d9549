import { TealError } from "../../../model/errors.ts";
import type { Queries } from "../database.ts";
import type { TenantRow } from "../schema.ts";

/**
 * The tenant, held for the rest of the transaction, so that what is decided from it stays so. Always taken before its
 * operation is changed: with one order for all, none waits for another in a circle. Undefined: there is none.
 */
export async function lockTenant(tx: Queries, environment: string, id: string): Promise<TenantRow | undefined> {
  return tx
    .selectFrom("tenants")
    .selectAll()
    .where("environment", "=", environment)
    .where("id", "=", id)
    .where("offboarded_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Holds the tenant of an operation. */
export async function lockTenantOf(tx: Queries, operationId: string): Promise<void> {
  const tenant = await tx
    .selectFrom("tenants")
    .select("uid")
    .where("uid", "=", (from) => from.selectFrom("operations").select("tenant_uid").where("id", "=", operationId))
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!tenant) throw new TealError("internal", `Operation ${operationId} is not in the ledger.`);
}
