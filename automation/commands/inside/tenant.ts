import type { Color } from "../../../model/color.ts";
import { operationOf } from "../../ledger/operations/operationOf.ts";
import { readSettings } from "../../ledger/revisions/read.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { tenantNotFound } from "../tenants/tenant.ts";

/** Revisions of settings before the newest whose secrets pods that are not quite gone may still have. */
const earlier = 10;

/** The color with the traffic, and every secret that pods, stack or Pulumi's output of a tenant may hold. */
export interface TenantInside {
  live: Color | null;
  secrets: string[];
}

/** Throws `environment_not_found`, `tenant_not_found`. */
export async function tenantInside(deps: Deps, environment: string, id: string): Promise<TenantInside> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  return ledger.read(async (db) => {
    const tenant = await readTenant(db, environment, id);
    if (!tenant) throw tenantNotFound(environment, id);
    const { uid, layout, revision } = tenant;
    const move = tenant.under_way && operationOf(tenant.under_way).move;
    const newest = Math.max(revision, move?.revision ?? 0, move?.content?.revision ?? 0);
    const wanted = new Set(Array.from({ length: earlier + 1 }, (_, i) => newest - i).filter((one) => one > 0));
    for (const slot of [layout?.slots.blue, layout?.slots.green]) if (slot) wanted.add(slot.revision);
    const settings = await readSettings(db, ledger.secrets, uid, [...wanted]);
    const tokens = [layout?.preview?.token, move?.token].filter((token) => token !== undefined);
    const values = [...settings.values()].flatMap(({ secrets }) => Object.values(secrets));
    return { live: layout?.live ?? null, secrets: [...new Set([...values, ...tokens])] };
  });
}
