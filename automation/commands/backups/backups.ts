import type { Automation } from "../../automation.ts";
import { listBackups } from "../../ledger/backups/read.ts";
import { drillsOf } from "../../ledger/drills/read.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { tenantNotFound } from "../tenants/tenant.ts";
import { confirmCommand, previewConfirmCommand } from "./confirm.ts";
import { drillCommand, listDrillsCommand, reportDrillsCommand } from "./drills.ts";
import { previewRestoreCommand, restoreCommand } from "./restore.ts";
import { backUpCommand } from "./take.ts";
import { backupView } from "./view.ts";

export function backupCommands(deps: Deps): Automation["backups"] {
  const { ledger } = deps;
  return {
    take: (environment, id, call) => backUpCommand(deps, environment, id, call),
    previewRestore: (environment, id, source) => previewRestoreCommand(deps, environment, id, source),
    restore: (environment, id, restore, call) => restoreCommand(deps, environment, id, restore, call),
    previewConfirm: (environment, id, source) => previewConfirmCommand(deps, environment, id, source),
    confirm: (environment, id, confirmation, call) => confirmCommand(deps, environment, id, confirmation, call),
    drill: (environment, id, call) => drillCommand(deps, environment, id, call),
    listDrills: (environment, id, page) => listDrillsCommand(deps, environment, id, page),
    reportDrills: (environment, page) => reportDrillsCommand(deps, environment, page),
    list: async (environment, id, page) => {
      requireEnvironment(deps, environment);
      const tenant = await ledger.read((db) => readTenant(db, environment, id));
      if (!tenant) throw tenantNotFound(environment, id);
      return paged(
        "backups",
        page,
        (before, limit) =>
          ledger.read(async (db) => {
            const rows = await listBackups(db, tenant.uid, numberOf(before), limit);
            const drills = await drillsOf(
              db,
              rows.map((row) => row.id),
            );
            return rows.map((row) => ({ row, drill: drills.get(row.id) }));
          }),
        { keyOf: ({ row }) => row.seq, viewOf: ({ row, drill }) => backupView(row, drill) },
      );
    },
  };
}
