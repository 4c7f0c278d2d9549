import { z } from "zod";
import type { OutsideView } from "../../model/adopting.ts";
import { orNull, type Cluster } from "./cluster.ts";
import { foundRoute, leadingOf, type FoundRoute, type Leading } from "./leading.ts";
import { live } from "./live.ts";
import { httpRoutes } from "./route.ts";

/** What is in a namespace, as the cluster has it now. */
export interface Outside extends OutsideView {
  /** It is a tenant's of Teal's. */
  teals: boolean;
  /** Host names that a route of it serves on every path, by exactly that name. */
  whole: string[];
  /** Host names of its routes that routes of other namespaces have as well. */
  elsewhere: string[];
}

/** Null where there is no such namespace. `gateway`: the one that tenants are served by. Throws `cluster_unreachable`. */
export async function readOutside(
  cluster: Cluster,
  namespace: string,
  gateway: { name: string; namespace: string },
): Promise<Outside | null> {
  const { core, apps } = cluster;
  return await live(async () => {
    const found = await orNull(core.readNamespace({ name: namespace }));
    if (!found) return null;
    const [workloads, pods, all] = await Promise.all([
      apps.listNamespacedDeployment({ namespace }),
      core.listNamespacedPod({ namespace }),
      everyRoute(cluster),
    ]);
    const routes = all.filter(({ metadata }) => metadata.namespace === namespace);
    const volumes = pods.items.flatMap(({ spec }) => spec?.volumes ?? []);
    const claims = volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    const own = new Set(routes.flatMap(({ spec }) => spec.hostnames));
    const others = all.filter((one) => !routes.includes(one)).flatMap(({ spec }) => spec.hostnames);
    return {
      namespace,
      teals: found.metadata?.labels?.["teal.dev/tenant"] !== undefined,
      workloads: workloads.items.map(({ metadata, spec }) => ({
        name: metadata?.name ?? "",
        replicas: spec?.replicas ?? 1,
        images: (spec?.template.spec?.containers ?? []).map(({ image }) => image ?? ""),
      })),
      routes: await Promise.all(routes.map(async (route) => viewOf(route, await there(cluster, route, gateway)))),
      claims: [...new Set(claims)].sort(),
      whole: [...new Set(routes.filter(takesAll).flatMap(({ spec }) => spec.hostnames.filter(isExact)))].sort(),
      elsewhere: [...new Set(others.filter((hostname) => own.has(hostname)))].sort(),
    };
  });
}

async function everyRoute({ custom }: Cluster): Promise<FoundRoute[]> {
  const { group, version, plural: resourcePlural } = httpRoutes;
  const answer: unknown = await custom.listCustomObjectForAllNamespaces({ group, version, resourcePlural });
  return z.object({ items: z.array(foundRoute) }).parse(answer).items;
}

/** Where the route leads, if the Service is there. */
async function there({ core }: Cluster, route: FoundRoute, gateway: Parameters<typeof leadingOf>[1]): Promise<Leading> {
  const leading = leadingOf(route, gateway);
  if ("whyNot" in leading) return leading;
  const { service: name, port } = leading;
  const service = await orNull(core.readNamespacedService({ name, namespace: route.metadata.namespace }));
  const has = service?.spec?.type !== "ExternalName" && service?.spec?.ports?.some((one) => one.port === port);
  return has ? leading : { whyNot: `there is no Service ${name} with port ${port} that leads to pods` };
}

function viewOf({ metadata, spec }: FoundRoute, leading: Leading): OutsideView["routes"][number] {
  return {
    name: metadata.name,
    hostnames: spec.hostnames,
    createdAt: new Date(metadata.creationTimestamp).toISOString(),
    ...("whyNot" in leading ? leading : { leadsTo: leading }),
  };
}

/** A rule for every path and nothing else: Teal's own is no more specific, and the older route then has the requests. */
function takesAll({ spec }: FoundRoute): boolean {
  return spec.rules.some(
    ({ matches }) =>
      matches.length === 0 ||
      matches.some(({ path, ...others }) => Object.keys(others).length === 0 && (!path || isEvery(path))),
  );
}

const isExact = (hostname: string): boolean => !hostname.startsWith("*");

function isEvery({
  type = "PathPrefix",
  value = "/",
}: {
  type?: string | undefined;
  value?: string | undefined;
}): boolean {
  return type === "PathPrefix" && value === "/";
}
