import { adoptedIsLive } from "../../model/adopted.ts";
import type { Layout } from "../../model/layout.ts";
import type { Operation, Outcome } from "../../model/operation.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { forgetTakenRoutes, readTakenRoutes, type TakenRoute } from "../ledger/adopting/takenRoutes.ts";
import { orNull } from "../probes/cluster.ts";
import { routeInForce } from "../probes/route.ts";
import { render } from "../render.ts";
import { printedBy, type Effects, type Tenure } from "../worker/effects.ts";
import type { Seen } from "../worker/seen.ts";
import { putBack } from "./routes.ts";

/**
 * Before a tenant whose live copy is adopted is removed: its host names go back to the routes that had them, and those have the
 * requests before anything of the tenant is taken away. Undefined once that is so, or where there is nothing to give back.
 */
export async function giveBack(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen | undefined> {
  const { ledger, cluster } = effects;
  const taken = await ledger.read((db) => readTakenRoutes(db, operation.id));
  const { layout } = await ledger.lookOf(operation);
  if (taken.length === 0 || !layout || !adoptedIsLive(layout)) return undefined;
  await putBackAll(effects, operation.id, tenure);
  for (const route of taken) {
    const why = await notServing(effects, route);
    if (why) return waits(`HTTPRoute ${route.namespace}/${route.name}: ${why}`);
  }
  // The older of two routes has the requests, and that is the tenant's by now.
  const { environment, tenant } = operation;
  await leaveHostnames(effects, operation, layout, tenure);
  const own = await routeInForce(cluster, namespaceOf({ environment, id: tenant }));
  if (!own.inForce) return waits(own.why);
  await ledger.transaction((tx) => forgetTakenRoutes(tx, operation.id));
  return undefined;
}

export async function putBackAll(
  { ledger, cluster }: Pick<Effects, "ledger" | "cluster">,
  operation: string,
  tenure: Pick<Tenure, "permit">,
): Promise<void> {
  const taken = await ledger.read((db) => readTakenRoutes(db, operation));
  await tenure.permit();
  for (const route of taken) await putBack(cluster, route);
}

/** Why the gateway doesn't have it yet; undefined where it does, or where its namespace is gone and with it who was served. */
async function notServing({ cluster }: Effects, { namespace, name }: TakenRoute): Promise<string | undefined> {
  const { inForce, why } = await routeInForce(cluster, namespace, name);
  if (inForce) return undefined;
  const gone = await namespaceGone(cluster, namespace);
  return gone ? undefined : why;
}

async function namespaceGone({ core }: Effects["cluster"], name: string): Promise<boolean> {
  const found = await orNull(core.readNamespace({ name }));
  return !found || found.metadata?.deletionTimestamp !== undefined;
}

/** The tenant's route answers to the name that Teal gave it, and to no other. */
async function leaveHostnames(effects: Effects, operation: Operation, layout: Layout, tenure: Tenure): Promise<void> {
  const { ledger, stacks, site } = effects;
  const spec = render(layout, await ledger.tenantForWork(operation, layout), site);
  const { repaired } = await stacks.up(
    { ...spec, hostnames: spec.hostnames.slice(0, 1) },
    {
      message: `${operation.kind} ${operation.id}`,
      permit: () => tenure.permit(),
      ...printedBy(effects, operation, "up"),
    },
  );
  await tenure.tellRepaired(repaired);
}

function waits(why: string): Seen {
  const pending = `Host names go back to the routes that had them: ${why}`;
  const overdue: Outcome = {
    code: "hostnames_not_given_back",
    cause: "platform",
    message: `The host names can't go back to the routes that had them: ${why}. Nothing of the tenant was removed. Mend that, then resume.`,
    evidence: [],
  };
  return { pending, retrySeconds: 0.2, overdue };
}
