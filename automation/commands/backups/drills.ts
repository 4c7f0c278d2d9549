import type { DrillReport, DrillView } from "../../../model/drill.ts";
import { TealError } from "../../../model/errors.ts";
import type { Page } from "../../../model/views.ts";
import type { Call, PageQuery } from "../../automation.ts";
import { backupBefore } from "../../ledger/backups/read.ts";
import { askForDrill } from "../../ledger/drills/ask.ts";
import { listDrills, readDrill, reportDrills } from "../../ledger/drills/read.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import { once } from "../call.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { requireBackups } from "../tenants/data.ts";
import { tenantNotFound } from "../tenants/tenant.ts";
import { drillReport, drillView } from "./drillView.ts";

/** Has the tenant's newest backup restored for a try. Locks nothing. Throws `backup_not_found`, `drill_under_way`, `backups_unavailable`. */
export function drillCommand(
  deps: Deps,
  environment: string,
  id: string,
  call: Call & { reason: string },
): Promise<DrillView> {
  requireEnvironment(deps, environment);
  const { actor, reason } = call;
  return once(deps.ledger, call, async (tx) => {
    const tenant = await readTenant(tx, environment, id);
    if (!tenant) throw tenantNotFound(environment, id);
    requireBackups(deps, tenant.layout ?? {}, "A restore drill was asked for");
    const newest = await backupBefore(tx, tenant.uid, new Date());
    if (!newest) throw nothingToDrill(id);
    const drill = await askForDrill(tx, { tenantUid: tenant.uid, backup: newest.id, actor, reason });
    if (drill === undefined) throw underWay(id);
    const message = `${actor} asked for a restore drill of backup ${newest.id}: ${reason}`;
    const data = { actor, reason, drill, backup: newest.id };
    await appendEvents(tx, [{ operation: null, environment, tenant: id, type: "drill_asked", message, data }]);
    return drillView((await readDrill(tx, drill))!);
  });
}

export async function listDrillsCommand(
  deps: Deps,
  environment: string,
  id: string,
  page: PageQuery,
): Promise<Page<DrillView>> {
  requireEnvironment(deps, environment);
  const tenant = await deps.ledger.read((db) => readTenant(db, environment, id));
  if (!tenant) throw tenantNotFound(environment, id);
  return paged(
    "drills",
    page,
    (before, limit) => deps.ledger.read((db) => listDrills(db, tenant.uid, numberOf(before), limit)),
    { keyOf: (row) => row.seq, viewOf: drillView },
  );
}

export async function reportDrillsCommand(
  deps: Deps,
  environment: string,
  page: PageQuery,
): Promise<Page<DrillReport>> {
  requireEnvironment(deps, environment);
  return paged(
    "drill-reports",
    page,
    (after, limit) => deps.ledger.read((db) => reportDrills(db, environment, after, limit)),
    { keyOf: (row) => row.tenant, viewOf: drillReport },
  );
}

function nothingToDrill(tenant: string): TealError {
  const message = `Tenant ${tenant} has no backup that could be restored for a try. Take one first: POST …/backups.`;
  return new TealError("backup_not_found", message, { data: { tenant } });
}

function underWay(tenant: string): TealError {
  const message = `A restore drill of tenant ${tenant} waits or runs already. GET …/drills shows it.`;
  return new TealError("drill_under_way", message, { data: { tenant } });
}
