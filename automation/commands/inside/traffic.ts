import type { TrafficView } from "../../../model/console/traffic.ts";
import { namespaceOf } from "../../../tenant/plan/names.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { tenantNotFound } from "../tenants/tenant.ts";

/** A tenant's requests over time, by color. Throws `environment_not_found`, `tenant_not_found`. */
export async function trafficCommand(
  deps: Deps,
  environment: string,
  id: string,
  minutes: number,
): Promise<TrafficView> {
  requireEnvironment(deps, environment);
  if (!(await deps.ledger.read((db) => readTenant(db, environment, id)))) throw tenantNotFound(environment, id);
  return { environment, tenant: id, ...(await deps.inside.traffic(namespaceOf({ environment, id }), minutes)) };
}
