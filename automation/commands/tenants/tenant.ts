import { TealError } from "../../../model/errors.ts";
import type { Operation } from "../../../model/operation.ts";
import type { Queries } from "../../ledger/database.ts";
import { underWay } from "../../ledger/operations/read.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { lockTenant } from "../../ledger/tenants/lock.ts";

/** The tenant, held for the transaction. Throws `tenant_not_found`. */
export async function heldTenant(tx: Queries, environment: string, id: string): Promise<TenantRow> {
  return (await lockTenant(tx, environment, id)) ?? fail(tenantNotFound(environment, id));
}

/** Throws `tenant_busy`, which names the operation under way. */
export async function requireIdle(tx: Queries, tenant: TenantRow): Promise<void> {
  const operation = await underWay(tx, tenant.uid);
  if (operation) throw busy(operation);
}

export function busy({ id, kind, tenant }: Operation): TealError {
  const message = `Tenant ${tenant} has an operation under way (${kind} ${id}); it has one at a time. Wait for its end, or abort it.`;
  return new TealError("tenant_busy", message, { data: { operation: id, kind } });
}

export function tenantNotFound(environment: string, id: string): TealError {
  const message = `Environment ${environment} has no tenant ${id}.`;
  return new TealError("tenant_not_found", message, { data: { environment, tenant: id } });
}

function fail(error: TealError): never {
  throw error;
}
