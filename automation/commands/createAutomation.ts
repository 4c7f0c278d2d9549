import type { Automation } from "../automation.ts";
import { alertCommands } from "./alerts/alerts.ts";
import { backupCommands } from "./backups/backups.ts";
import { certificateCommands } from "./certificates/certificates.ts";
import type { Deps } from "./deps.ts";
import { environmentCommands } from "./environments/environments.ts";
import { eventCommands } from "./events.ts";
import { freezeCommands } from "./freezes/freezes.ts";
import { health } from "./health.ts";
import { offboardedCommands } from "./offboarded/offboarded.ts";
import { operationCommands } from "./operations/operations.ts";
import { overviewCommands } from "./overview/overview.ts";
import { policyCommands } from "./policies/policies.ts";
import { releaseCommands } from "./releases/releases.ts";
import { tenantCommands } from "./tenants/tenants.ts";
import { webhookCommands } from "./webhooks/webhooks.ts";

/** All that the server can ask for, over the ledger. */
export function createAutomation(deps: Deps): Automation {
  return {
    environments: environmentCommands(deps),
    policies: policyCommands(deps),
    freezes: freezeCommands(deps),
    webhooks: webhookCommands(deps),
    releases: releaseCommands(deps),
    tenants: tenantCommands(deps),
    backups: backupCommands(deps),
    certificates: certificateCommands(deps),
    offboarded: offboardedCommands(deps),
    operations: operationCommands(deps),
    events: eventCommands(deps),
    alerts: alertCommands(deps),
    overview: overviewCommands(deps),
    health: () => health(deps),
  };
}
