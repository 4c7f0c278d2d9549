import { sql, type UpdateObject } from "kysely";
import type { Operation, Request } from "../../../model/operation.ts";
import type { Advance, Claim } from "../claims.ts";
import { TealError } from "../../../model/errors.ts";
import { recordBackup } from "../backups/insert.ts";
import type { Queries } from "../database.ts";
import { appendEvents } from "../events/append.ts";
import { freezeInForce } from "../freezes/inForce.ts";
import { json } from "../json.ts";
import { tell } from "../notices/tell.ts";
import type { Schema } from "../schema.ts";
import { recordExport } from "../offboardings/export.ts";
import { recordRemoval } from "../offboardings/remove.ts";
import { lockTenantOf } from "../tenants/lock.ts";
import { recordTenant } from "../tenants/record.ts";
import { settleHostnames } from "../tenants/hostnames.ts";
import type { Wake } from "../wake.ts";
import { claimOf, type ClaimRow } from "./claim.ts";
import { leaseLost, reload } from "./reload.ts";
import { sweepAfterSeconds } from "./sweep.ts";

/** Writes progress, events and the next wake-up in the caller's transaction. Throws `lease_lost`. */
export async function advance(tx: Queries, wake: Wake, held: Claim, progress: Advance): Promise<Claim> {
  const { id } = held.operation;
  const ended = Boolean(progress.change?.endedAt);
  if (ended || touchesTenant(progress)) await lockTenantOf(tx, id);

  const row = await updateOperation(tx, held, progress, ended);
  const now = claimOf(row);
  await recordTenant(tx, row.tenant_uid, progress);
  if (progress.backup) await recordBackup(tx, row.tenant_uid, now.operation, progress.backup);
  if (progress.exported) await recordExport(tx, row.tenant_uid, now.operation, progress.exported);
  if (progress.removed) await recordRemoval(tx, row.tenant_uid, now.operation, progress.removed);
  if (ended || progress.offboarded) await settleHostnames(tx, row.tenant_uid);
  if (progress.release && !ended) await wakeNext(tx, wake, now.operation, progress.wakeAt);
  await tell(tx, held.operation, now.operation);
  // Last, since events are written by one transaction at a time.
  await appendEvents(tx, eventsOf(now.operation, progress));
  return now;
}

function touchesTenant({ layout, tenantRevision, readiness, clusters, offboarded }: Advance): boolean {
  return [layout, tenantRevision, readiness, clusters, offboarded].some((part) => part !== undefined);
}

async function updateOperation(tx: Queries, held: Claim, progress: Advance, ended: boolean): Promise<ClaimRow> {
  const { operation, fence } = held;
  const changes = [changed(progress), requestAfter(progress.clearRequest), leaseAfter(progress, ended)];
  const values = Object.assign({}, ...changes) as UpdateObject<Schema, "operations">;
  const row = await tx
    .updateTable("operations")
    .from("environments")
    // An update needs one column at least.
    .set({ fence, ...values })
    .where("operations.id", "=", operation.id)
    .where("operations.fence", "=", fence)
    .where("operations.ended_at", "is", null)
    .$if(progress.unlessAsked === true, (update) => update.where("operations.request", "is", null))
    .whereRef("environments.name", "=", "operations.environment")
    .returningAll("operations")
    .returning(["environments.stopped_by", "environments.stopped_reason"])
    .returning(["environments.observed_by", "environments.observed_reason"])
    .returning(freezeInForce(sql`environments.name`).as("freeze"))
    .executeTakeFirst();
  if (!row) throw progress.unlessAsked ? await whyNot(tx, operation.id, fence) : leaseLost(operation.id, fence);
  return row;
}

/** Throws `lease_lost` where that is why. */
async function whyNot(tx: Queries, id: string, fence: number): Promise<TealError> {
  await reload(tx, id, fence);
  return new TealError("asked_meanwhile", `Something was asked of operation ${id} meanwhile.`);
}

function changed({ change, memory, outcome }: Advance): UpdateObject<Schema, "operations"> {
  const shown = outcome === undefined ? change?.outcome : outcome;
  const kept = memory ?? change?.memory;
  return {
    ...(change && {
      state: change.state,
      phase: change.phase,
      started_at: change.startedAt,
      ended_at: change.endedAt,
    }),
    ...(kept && { memory: json(kept) }),
    ...(shown !== undefined && { outcome: shown && json(shown) }),
  };
}

function requestAfter(clear: Request | undefined): UpdateObject<Schema, "operations"> {
  if (!clear) return {};
  return { request: sql`case when request = ${json(clear)}::jsonb then null else request end` };
}

function leaseAfter({ release, wakeAt }: Advance, ended: boolean): UpdateObject<Schema, "operations"> {
  // By the database's clock, which all workers share: theirs may differ, or be set anew meanwhile.
  const seconds = wakeAt && (wakeAt.getTime() - Date.now()) / 1000;
  const wake_at = seconds === undefined ? null : sql<Date>`now() + make_interval(secs => ${seconds})`;
  if (ended) return { worker: null, lease_until: null, wake_at: null, request: null };
  return release ? { worker: null, lease_until: null, wake_at } : {};
}

async function wakeNext(tx: Queries, wake: Wake, operation: Operation, wakeAt: Date | undefined): Promise<void> {
  const resting = operation.phase === "paused" || operation.phase === "halted";
  // A request that came while the worker was busy had its wake-up refused: the operation was held.
  const urgent = operation.request !== null || (wakeAt === undefined && !resting);
  if (urgent) {
    await tx
      .updateTable("operations")
      .set({ wake_at: sql<Date>`now() + make_interval(secs => ${sweepAfterSeconds})` })
      .where("id", "=", operation.id)
      .execute();
    await wake(tx, operation.id);
  } else if (wakeAt) {
    await wake(tx, operation.id, wakeAt);
  }
}

function eventsOf({ id, environment, tenant, phase }: Operation, { events }: Advance) {
  return events.map((event) => ({ phase, ...event, operation: id, environment, tenant }));
}
