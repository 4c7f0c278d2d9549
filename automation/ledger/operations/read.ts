import type { Operation, OperationKind, OperationState } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import type { OperationRow } from "../schema.ts";
import { operationOf } from "./operationOf.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export async function readOperation(db: Queries, id: string): Promise<Operation | undefined> {
  if (!uuid.test(id)) return undefined;
  const row = await db.selectFrom("operations").selectAll().where("id", "=", id).executeTakeFirst();
  return row && operationOf(row);
}

/** The same, held for the rest of the transaction. */
export async function lockOperation(tx: Queries, id: string): Promise<Operation | undefined> {
  if (!uuid.test(id)) return undefined;
  const row = await tx.selectFrom("operations").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return row && operationOf(row);
}

/** The one operation under way on a tenant. */
export async function underWay(db: Queries, tenantUid: string): Promise<Operation | undefined> {
  const row = await db
    .selectFrom("operations")
    .selectAll()
    .where("tenant_uid", "=", tenantUid)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row && operationOf(row);
}

export async function operationsById(db: Queries, ids: readonly string[]): Promise<Operation[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom("operations").selectAll().where("id", "in", ids).execute();
  return rows.map(operationOf);
}

/** Ids of the operations under way on these tenants, by environment and tenant as `tenantKey` has it. */
export async function underWayOf(
  db: Queries,
  tenants: readonly { environment: string | null; tenant: string | null }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(tenants.flatMap(({ tenant }) => tenant ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("operations")
    .select(["id", "environment", "tenant"])
    .where("tenant", "in", ids)
    .where("environment", "in", [...new Set(tenants.flatMap(({ environment }) => environment ?? []))])
    .where("ended_at", "is", null)
    .execute();
  return new Map(rows.map((row) => [tenantKey(row.environment, row.tenant), row.id]));
}

/** Tells a tenant from those of other environments. */
export function tenantKey(environment: string, tenant: string): string {
  return `${environment}.${tenant}`;
}

export interface OperationsWanted {
  environment?: string;
  tenant?: string;
  kind?: OperationKind | OperationKind[];
  state?: OperationState | OperationState[];
}

/** Newest first, those older than the one numbered `before`. */
export async function listOperations(
  db: Queries,
  { environment, tenant, kind, state }: OperationsWanted,
  before: number | undefined,
  limit: number,
): Promise<OperationRow[]> {
  let query = db.selectFrom("operations").selectAll().orderBy("seq", "desc").limit(limit);
  if (environment !== undefined) query = query.where("environment", "=", environment);
  if (tenant !== undefined) query = query.where("tenant", "=", tenant);
  if (kind !== undefined) query = query.where("kind", "in", [kind].flat());
  if (state !== undefined) query = query.where("state", "in", [state].flat());
  if (before !== undefined) query = query.where("seq", "<", before);
  return query.execute();
}
