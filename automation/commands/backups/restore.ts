import { createHash } from "node:crypto";
import { minutesLost, type NewRestore, type RestorePreview, type RestoreSource } from "../../../model/backup.ts";
import { TealError } from "../../../model/errors.ts";
import type { Layout } from "../../../model/layout.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { holdingOf } from "../../backups/holding.ts";
import type { Restorable } from "../../backups/provider.ts";
import { backupBefore, readBackup, type TakenBackup } from "../../ledger/backups/read.ts";
import type { Queries } from "../../ledger/database.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import { beforehand } from "../beforehand.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { keepsData, requireBackups } from "../tenants/data.ts";
import { restoreMove } from "../tenants/moves.ts";
import { acceptOnRunning, refuseSuspended } from "../tenants/running.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { mostClusters } from "../../../tenant/data/spec.ts";
import { tenantNotFound } from "../tenants/tenant.ts";
import { momentOf, windowOf, type Moment } from "./moment.ts";
import { noData } from "./take.ts";
import { backupView } from "./view.ts";

/**
 * What restoring would mean, by a look at the data as it is now. Throws `backup_not_found`, `no_data`, `backups_unavailable`,
 * `restores_unconfirmed`, and for a moment what windowOf and momentOf throw.
 */
export async function previewRestoreCommand(
  deps: Deps,
  environment: string,
  id: string,
  source: RestoreSource,
): Promise<RestorePreview> {
  requireEnvironment(deps, environment);
  const window = await windowFor(deps, environment, id, source);
  const { layout, provider, chosen, withdrawn } = await deps.ledger.read(async (db) => {
    const tenant = await readTenant(db, environment, id);
    if (!tenant) throw tenantNotFound(environment, id);
    const { layout } = tenant;
    if (!layout || !keepsData(layout)) throw noData(id);
    refuseUnconfirmed(tenant);
    const provider = requireBackups(deps, layout, "A restore was asked for");
    const chosen = await choose(db, tenant, window, source);
    const { withdrawn_at } = await readRelease(db, environment, chosen.release);
    return { layout, provider, chosen, withdrawn: withdrawn_at !== null };
  });
  const lastWriteAt = await provider.lastWrite(holdingOf({ environment, tenant: id }));
  return {
    ...shownOf(chosen),
    plan: planOf(chosen, layout),
    ...(lastWriteAt !== null && { lastWriteAt }),
    minutesLost: minutesLost(chosen.at, lastWriteAt),
    release: { from: layout.slots[layout.live]!.release, to: chosen.release },
    withdrawn,
    notes: notesOf(layout, chosen, withdrawn),
  };
}

/** Throws what the preview throws, and `plan_changed`, `tenant_suspended`. */
export async function restoreCommand(
  deps: Deps,
  environment: string,
  id: string,
  { plan, reason, ...source }: NewRestore,
  call: Call,
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  const why = { ...call, reason };
  const window = await windowFor(deps, environment, id, source);
  return acceptOnRunning(deps, environment, id, { kind: "restore", call: why }, async (running, tx) => {
    const { tenant, layout, terms } = running;
    if (!keepsData(layout)) throw noData(id);
    requireBackups(deps, layout, "A restore was asked for");
    // One that a person has suspended stays so; out of a maintenance that ended badly this is the way.
    if (!layout.maintenance) refuseSuspended(id, layout);
    refuseUnconfirmed(tenant);
    const chosen = await choose(tx, tenant, window, source);
    if (planOf(chosen, layout) !== plan) throw planChanged(id);
    const from = chosen.moment ? { pointInTime: chosen.moment.point } : { from: chosen.backup.id };
    return restoreMove(layout, { ...from, layout: chosen.layout }, tenant.revision, terms);
  });
}

/** What would come back: a backup, or the data as it was at a moment. */
type Chosen = {
  /** What the data is as of. */
  at: string;
  release: string;
  /** What the tenant had then. */
  layout: Layout;
} & ({ backup: TakenBackup; moment?: undefined } | { moment: Moment; backup?: undefined });

/** To which moments, where one is asked for. */
function windowFor(
  deps: Deps,
  environment: string,
  id: string,
  { pointInTime }: RestoreSource,
): Promise<() => Restorable | null> {
  return beforehand(async () => (pointInTime === undefined ? null : windowOf(deps.backups, environment, id)));
}

async function choose(
  db: Queries,
  tenant: TenantRow,
  window: () => Restorable | null,
  { pointInTime, ...source }: RestoreSource,
): Promise<Chosen> {
  if (pointInTime !== undefined) {
    const moment = await momentOf(db, tenant, window()!, pointInTime);
    return { moment, at: moment.point.at, release: moment.release, layout: moment.layout };
  }
  const backup = await backupBy(db, tenant.uid, tenant.id, source);
  return { backup, at: backup.taken_at.toISOString(), release: backup.release, layout: backup.layout };
}

function shownOf({ backup, moment }: Chosen): Pick<RestorePreview, "backup" | "pointInTime"> {
  if (backup) return { backup: backupView(backup) };
  const { at, cluster } = moment.point;
  const { earliest, latest } = moment.window;
  return { pointInTime: { at, cluster, earliest, latest } };
}

async function backupBy(db: Queries, uid: string, tenant: string, { backup, at }: RestoreSource): Promise<TakenBackup> {
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
function planOf({ backup, moment, release }: Chosen, { slots, live, schema }: Layout): string {
  const content = JSON.stringify([backup?.id ?? moment!.point, release, live, slots, schema ?? null]);
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

function notesOf(layout: Layout, { release: to, moment }: Chosen, withdrawn: boolean): string[] {
  const { release } = layout.slots[layout.live]!;
  return [
    "Nobody is served from when the data is saved once more until the restored one is checked.",
    "The data as it is now is backed up first, so that this can be undone by another restore.",
    ...(moment
      ? [
          `Another cluster is made as ${moment.point.cluster} was at ${moment.point.at}, which is kept until the restore is confirmed; what was written to the bucket since is put back, too.`,
        ]
      : []),
    ...(release === to
      ? []
      : [`Release ${to} runs again instead of ${release}, with the tenant's settings as they are now.`]),
    ...(withdrawn
      ? [`Release ${to} is withdrawn: it is brought back all the same, since it is what the data is for.`]
      : []),
  ];
}

function planChanged(tenant: string): TealError {
  const message = `What restoring would do to tenant ${tenant} is not what the plan says. Preview it again.`;
  return new TealError("plan_changed", message, { data: { tenant } });
}
