import type { Adopts } from "../../model/adopted.ts";
import { TealError } from "../../model/errors.ts";
import { insertTakenRoute } from "../ledger/adopting/takenRoutes.ts";
import { leadingOf, type FoundRoute } from "../probes/leading.ts";
import type { Effects, Tenure } from "../worker/effects.ts";
import { routesIn, takeFrom } from "./routes.ts";

/**
 * Takes an adoption's host names from the routes that have them, each written down before it is changed: the tenant's own route,
 * which leads to the same Service, has their requests from then on. Done again it goes on with what is left. Throws
 * `adoption_unsafe` where a route leads elsewhere by now, with nothing taken from it.
 */
export async function takeHostnames(
  { cluster, ledger, site }: Pick<Effects, "cluster" | "ledger" | "site">,
  operation: string,
  { takes, ...adopts }: Adopts,
  tenure: Pick<Tenure, "permit">,
): Promise<void> {
  const routes = await routesIn(cluster, adopts.namespace);
  const affected = routes
    .map(({ route, manifest }) => ({ route, manifest, taken: common(route, takes) }))
    .filter(({ taken }) => taken.length > 0);
  for (const { route } of affected) {
    const leading = leadingOf(route, site.gateway);
    if ("whyNot" in leading) throw changed(route, leading.whyNot);
    if (leading.service !== adopts.service || leading.port !== adopts.port)
      throw changed(route, `it leads to Service ${leading.service}:${leading.port}`);
  }
  for (const { route, manifest, taken } of affected) {
    const { namespace, name } = route.metadata;
    const written = { namespace, name, hostnames: taken, manifest };
    await ledger.transaction((tx) => insertTakenRoute(tx, operation, written));
    await tenure.permit();
    await takeFrom(cluster, route, taken);
  }
}

function common({ spec }: FoundRoute, takes: readonly string[]): string[] {
  return spec.hostnames.filter((hostname) => takes.includes(hostname));
}

function changed({ metadata }: FoundRoute, why: string): TealError {
  const message = `HTTPRoute ${metadata.namespace}/${metadata.name} is another than when the adoption was asked for: ${why}. Nothing was taken from it. Offboard the tenant, which gives back what was taken, and adopt again.`;
  return new TealError("adoption_unsafe", message, { data: { cause: "platform", retriable: false } });
}
