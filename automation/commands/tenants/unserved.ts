import { adoptedIsLive } from "../../../model/adopted.ts";
import { TealError } from "../../../model/errors.ts";
import { hostnamesTakenFor } from "../../ledger/adopting/takenRoutes.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import type { Deps } from "../deps.ts";

/**
 * Throws `hostnames_unserved` where a tenant whose copy is adopted can't be removed without cutting its customers, who are not shut
 * first: no route but Teal's has their host names, nor were they taken from one to be given back. Throws `cluster_unreachable`.
 */
export async function refuseUnserved(deps: Deps, environment: string, id: string): Promise<void> {
  const { ledger, found } = deps;
  const [tenant, taken] = await ledger.read(async (db) => {
    const row = await readTenant(db, environment, id);
    return [row, row ? await hostnamesTakenFor(db, row.uid) : []] as const;
  });
  const layout = tenant?.layout;
  if (!tenant || !layout?.adopted || !adoptedIsLive(layout)) return;
  const { namespace } = layout.adopted;
  const outside = await found.outside(namespace);
  // Who was served there is served by nobody, whatever happens.
  if (!outside) return;
  const served = new Set([...taken, ...outside.routes.flatMap(({ hostnames }) => hostnames)]);
  const unserved = tenant.settings.hostnames.filter((hostname) => !served.has(hostname));
  if (unserved.length === 0) return;
  const message = `Without tenant ${id} nobody would serve ${unserved.join(", ")}: no route in namespace ${namespace} has them, and none of them was taken from one. Make such a route, or take them from the tenant first (PATCH hostnames).`;
  throw new TealError("hostnames_unserved", message, { data: { tenant: id, hostnames: unserved } });
}
