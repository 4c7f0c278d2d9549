import { dataClaim, namespaceOf } from "../../tenant/plan/names.ts";
import type { Holding } from "./provider.ts";

/** What of a tenant is backed up. */
export function holdingOf({ environment, tenant }: { environment: string; tenant: string }): Holding {
  return { environment, tenant, namespace: namespaceOf({ environment, id: tenant }), claim: dataClaim };
}
