import type { Layout, Move } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { Kept } from "../../drift/kept.ts";
import type { Queries } from "../database.ts";

/** What the ledger knows of how an operation's tenant was left. */
export interface KnownOfTenant {
  layout: Layout | null;
  /** Of the operation before, if it failed: its last change may have been applied in part, and not been written down. */
  failedMove: Move | null;
  kept: Kept | null;
}

export async function lookOf(db: Queries, operation: Operation): Promise<KnownOfTenant> {
  const tenant = await db
    .selectFrom("tenants")
    .innerJoin("operations", "operations.tenant_uid", "tenants.uid")
    .select(["tenants.uid", "tenants.layout", "tenants.kept"])
    .where("operations.id", "=", operation.id)
    .executeTakeFirstOrThrow();
  const { uid, layout, kept } = tenant;
  return { layout, kept, failedMove: await failedMoveOf(db, uid) };
}

/** The move of the tenant's newest ended operation that had one, where it failed. */
export async function failedMoveOf(db: Queries, tenantUid: string): Promise<Move | null> {
  const row = await db
    .selectFrom("operations")
    .select(["move", "state"])
    .where("tenant_uid", "=", tenantUid)
    .where("ended_at", "is not", null)
    .where("move", "is not", null)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.state === "failed" ? row.move : null;
}
