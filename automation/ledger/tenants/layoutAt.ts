import type { Layout } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { operationOf } from "../operations/operationOf.ts";
import type { TenantRow } from "../schema.ts";

/** What a tenant had at a moment that is past. */
export interface Then {
  /** What the operation under way then began from, else what the tenant had; null: nothing yet. */
  layout: Layout | null;
  /** The operation that had begun then, and not ended. */
  underWay: Operation | null;
}

/** By the operation that was under way then or came next: each knows what it began from, and there is one at a time. */
export async function layoutAt(
  db: Queries,
  { uid, layout }: Pick<TenantRow, "uid" | "layout">,
  time: Date,
): Promise<Then> {
  const row = await db
    .selectFrom("operations")
    .selectAll()
    .where("tenant_uid", "=", uid)
    .where("move", "is not", null)
    .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">", time)]))
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  if (!row) return { layout, underWay: null };
  const operation = operationOf(row);
  const began = operation.startedAt !== null && operation.startedAt <= time;
  return { layout: operation.move?.before ?? null, underWay: began ? operation : null };
}
