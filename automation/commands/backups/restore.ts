import { createHash } from "node:crypto";
import { minutesLost, type NewRestore, type RestorePreview, type RestoreSource } from "../../../model/backup.ts";
import { TealError } from "../../../model/errors.ts";
import type { Layout } from "../../../model/layout.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { holdingOf } from "../../backups/holding.ts";
import { backupBefore, readBackup, type TakenBackup } from "../../ledger/backups/read.ts";
import type { Queries } from "../../ledger/database.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { keepsData, requireBackups } from "../tenants/data.ts";
import { restoreMove } from "../tenants/moves.ts";
import { acceptOnRunning, refuseSuspended } from "../tenants/running.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { mostClusters } from "../../../tenant/data/spec.ts";
import { tenantNotFound } from "../tenants/tenant.ts";
import { noData } from "./take.ts";
import { backupView } from "./view.ts";

/** What restoring would mean, by a look at the data as it is now. Throws `backup_not_found`, `no_data`, `backups_unavailable`, `restores_unconfirmed`. */
export async function previewRestoreCommand(
  deps: Deps,
  environment: string,
  id: string,
  source: RestoreSource,
): Promise<RestorePreview> {
  requireEnvironment(deps, environment);
  const { layout, backup, withdrawn } = await deps.ledger.read(async (db) => {
    const tenant = await readTenant(db, environment, id);
    if (!tenant) throw tenantNotFound(environment, id);
    const { layout } = tenant;
    if (!layout || !keepsData(layout)) throw noData(id);
    refuseUnconfirmed(tenant);
    const backup = await chosen(db, tenant.uid, id, source);
    const { withdrawn_at } = await readRelease(db, environment, backup.release);
    return { layout, backup, withdrawn: withdrawn_at !== null };
  });
  const provider = requireBackups(deps, layout, "A restore was asked for");
  const lastWriteAt = await provider.lastWrite(holdingOf({ environment, tenant: id }));
  const view = backupView(backup);
  const from = layout.slots[layout.live]!.release;
  return {
    backup: view,
    plan: planOf(backup, layout),
    ...(lastWriteAt !== null && { lastWriteAt }),
    minutesLost: minutesLost(view.takenAt, lastWriteAt),
    release: { from, to: backup.release },
    withdrawn,
    notes: notesOf(layout, backup, withdrawn),
  };
}

/** Throws what the preview throws, and `plan_changed`, `tenant_suspended`. */
export function restoreCommand(
  deps: Deps,
  environment: string,
  id: string,
  { plan, reason, ...source }: NewRestore,
  call: Call,
): Promise<OperationView> {
  const why = { ...call, reason };
  return acceptOnRunning(deps, environment, id, { kind: "restore", call: why }, async (running, tx) => {
    const { tenant, layout, terms } = running;
    if (!keepsData(layout)) throw noData(id);
    requireBackups(deps, layout, "A restore was asked for");
    // One that a person has suspended stays so; out of a maintenance that ended badly this is the way.
    if (!layout.maintenance) refuseSuspended(id, layout);
    refuseUnconfirmed(tenant);
    const backup = await chosen(tx, tenant.uid, id, source);
    if (planOf(backup, layout) !== plan) throw planChanged(id);
    return restoreMove(layout, backup, tenant.revision, terms);
  });
}

async function chosen(db: Queries, uid: string, tenant: string, { backup, at }: RestoreSource): Promise<TakenBackup> {
  const found = backup === undefined ? await backupBefore(db, uid, new Date(at!)) : await readBackup(db, uid, backup);
  if (found) return found;
  const wanted =
    backup === undefined ? `a backup of tenant ${tenant} taken by ${at}` : `backup ${backup} of tenant ${tenant}`;
  const message = `Expected ${wanted}; there is none. GET …/backups lists those there are.`;
  throw new TealError("backup_not_found", message, { data: { tenant } });
}

/** It would halt with the service shut. Where nothing told yet which clusters there are, the worker finds out. */
function refuseUnconfirmed({ id, clusters }: Pick<TenantRow, "id" | "clusters">): void {
  if (!clusters || clusters.clusters.length < mostClusters) return;
  const message = `Tenant ${id} has ${clusters.clusters.length} clusters, those from before earlier restores among them, and may have no more. Confirm earlier restores first (POST …/restore/confirm), which removes those.`;
  throw new TealError("restores_unconfirmed", message, { data: { tenant: id } });
}

/** Stands for which data would come back, and for what it would replace. */
function planOf({ id, release }: TakenBackup, { slots, live, schema }: Layout): string {
  const content = JSON.stringify([id, release, live, slots, schema ?? null]);
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

function notesOf(layout: Layout, backup: TakenBackup, withdrawn: boolean): string[] {
  const { release } = layout.slots[layout.live]!;
  return [
    "Nobody is served from when the data is saved once more until the restored one is checked.",
    "The data as it is now is backed up first, so that this can be undone by another restore.",
    ...(release === backup.release
      ? []
      : [`Release ${backup.release} runs again instead of ${release}, with the tenant's settings as they are now.`]),
    ...(withdrawn
      ? [`Release ${backup.release} is withdrawn: it is brought back all the same, since it is what the data is for.`]
      : []),
  ];
}

function planChanged(tenant: string): TealError {
  const message = `What restoring would do to tenant ${tenant} is not what the plan says. Preview it again.`;
  return new TealError("plan_changed", message, { data: { tenant } });
}
