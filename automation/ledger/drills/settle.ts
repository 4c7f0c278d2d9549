import { sql, type UpdateObject } from "kysely";
import type { Queries } from "../database.ts";
import { appendEvents } from "../events/append.ts";
import { text } from "../json.ts";
import type { Schema } from "../schema.ts";
import type { TakenDrill } from "./take.ts";
import { tellOfFailed } from "./tell.ts";

/** What a drill that passed has shown; times as RFC 3339. */
export interface DrillFigures {
  restoredTo: string;
  newestWriteAt: string | null;
  rpoSeconds: number;
  rtoSeconds: number;
  bytes: number;
  files: number;
}

/** False where another worker has the drill by now: nothing was written. */
export async function drillPassed(tx: Queries, drill: TakenDrill, figures: DrillFigures): Promise<boolean> {
  const { restoredTo, newestWriteAt, rpoSeconds, rtoSeconds, bytes, files } = figures;
  const ended = await end(tx, drill, {
    state: "passed",
    restored_to: new Date(restoredTo),
    newest_write_at: newestWriteAt === null ? null : new Date(newestWriteAt),
    rpo_seconds: rpoSeconds,
    rto_seconds: rtoSeconds,
    bytes,
    files,
  });
  if (!ended) return false;
  const { environment, tenant, backup, id } = drill;
  const message = `Backup ${backup} of tenant ${tenant} came back whole in a scratch place: RTO ${Math.ceil(rtoSeconds)} s, RPO ${Math.ceil(rpoSeconds)} s.`;
  const data = { drill: id, backup, rpoSeconds, rtoSeconds };
  await appendEvents(tx, [{ operation: null, environment, tenant, type: "drill_passed", message, data }]);
  return true;
}

/** The same for one that failed, and tells of it. */
export async function drillFailed(
  tx: Queries,
  drill: TakenDrill,
  { code, message }: { code: string; message: string },
): Promise<boolean> {
  if (!(await end(tx, drill, { state: "failed", code, message: text(message) }))) return false;
  const { id, environment, tenant, backup } = drill;
  await tellOfFailed(tx, drill, { id, backup, code, message });
  const data = { drill: id, backup, code };
  await appendEvents(tx, [{ operation: null, environment, tenant, type: "drill_failed", message, data }]);
  return true;
}

/**
 * Forgets a drill whose backup has gone, or is just being replaced by a newer one: that says nothing of the tenant's
 * backups, and the next is due at once. False where it is still the tenant's newest, and nothing is under way.
 */
export async function dropIfPruned(tx: Queries, { id, fence, backup }: TakenDrill): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    delete from teal.drills d using teal.backups b
    where d.id = ${id} and d.fence = ${fence} and d.ended_at is null and b.id = ${backup}
      and (b.pruned_at is not null
        or exists (select from teal.backups n where n.tenant_uid = b.tenant_uid and n.taken_at > b.taken_at)
        or exists (select from teal.operations o where o.tenant_uid = b.tenant_uid and o.ended_at is null))
    returning d.id`.execute(tx);
  return rows.length > 0;
}

async function end(tx: Queries, { id, fence }: TakenDrill, values: UpdateObject<Schema, "drills">): Promise<boolean> {
  const row = await tx
    .updateTable("drills")
    .set({ ...values, ended_at: sql<Date>`now()`, lease_until: null })
    .where("id", "=", id)
    .where("fence", "=", fence)
    .where("ended_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
