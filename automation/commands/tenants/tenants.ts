import type { Automation } from "../../automation.ts";
import { listTenants, readTenant } from "../../ledger/tenants/read.ts";
import { paged } from "../cursor.ts";
import { keepCommand } from "../drift/keep.ts";
import { lookAt } from "../drift/look.ts";
import { repairCommand } from "../drift/repair.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { tenantView } from "../views.ts";
import { adoptCommand, previewAdoptionCommand } from "./adopt.ts";
import { createCommand } from "./create.ts";
import { offboardCommand } from "./offboard.ts";
import { patchCommand } from "./patch.ts";
import { previewCommand } from "./preview.ts";
import { restartCommand } from "./restart.ts";
import { rollbackCommand } from "./rollback.ts";
import { rolloutCommand } from "./rollout.ts";
import { scaleCommand } from "./scale.ts";
import { suspendCommand, unsuspendCommand } from "./suspend.ts";
import { tenantNotFound } from "./tenant.ts";
import { logsCommand, podsCommand } from "../inside/pods.ts";
import { trafficCommand } from "../inside/traffic.ts";
import { stackCommand } from "../inside/stack.ts";

export function tenantCommands(deps: Deps): Automation["tenants"] {
  const { ledger, urlOf } = deps;
  return {
    traffic: (environment, id, minutes) => trafficCommand(deps, environment, id, minutes),
    pods: (environment, id) => podsCommand(deps, environment, id),
    logs: (environment, id, wanted) => logsCommand(deps, environment, id, wanted),
    stack: (environment, id) => stackCommand(deps, environment, id),
    create: (environment, tenant, call) => createCommand(deps, environment, tenant, call),
    adopt: (environment, id, adoption, call) => adoptCommand(deps, environment, id, adoption, call),
    previewAdoption: (environment, id, adoption) => previewAdoptionCommand(deps, environment, id, adoption),
    patch: (environment, id, patch, revision, call) => patchCommand(deps, environment, id, patch, revision, call),
    offboard: (environment, id, wanted, call) => offboardCommand(deps, environment, id, wanted, call),
    rollout: (environment, id, rollout, call) => rolloutCommand(deps, environment, id, rollout, call),
    rollback: (environment, id, call) => rollbackCommand(deps, environment, id, call),
    restart: (environment, id, call) => restartCommand(deps, environment, id, call),
    scale: (environment, id, replicas, call) => scaleCommand(deps, environment, id, replicas, call),
    suspend: (environment, id, call) => suspendCommand(deps, environment, id, call),
    unsuspend: (environment, id, call) => unsuspendCommand(deps, environment, id, call),
    preview: (environment, id, change) => previewCommand(deps, environment, id, change),
    drift: async (environment, id) => (await lookAt(deps, environment, id)).view,
    keep: (environment, id, plan, call) => keepCommand(deps, environment, id, plan, call),
    repair: (environment, id, plan, call) => repairCommand(deps, environment, id, plan, call),
    get: async (environment, id) => {
      requireEnvironment(deps, environment);
      const tenant = await ledger.read((db) => readTenant(db, environment, id));
      if (!tenant) throw tenantNotFound(environment, id);
      return tenantView(tenant, urlOf);
    },
    list: async (environment, wanted) => {
      requireEnvironment(deps, environment);
      const read = (after: string | undefined, limit: number) =>
        ledger.read((db) => listTenants(db, environment, wanted, after, limit));
      return paged("tenants", wanted, read, {
        keyOf: (tenant) => tenant.id,
        viewOf: (tenant) => tenantView(tenant, urlOf),
      });
    },
  };
}
