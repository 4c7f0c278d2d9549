import { z } from "zod";
import type { OutsideView } from "../../model/adopting.ts";
import { orNull, type Cluster } from "./cluster.ts";
import { live } from "./live.ts";
import { httpRoutes } from "./route.ts";

const match = z.looseObject({ path: z.looseObject({ type: z.string(), value: z.string() }).optional() });
const route = z.object({
  metadata: z.object({ name: z.string(), creationTimestamp: z.string() }),
  spec: z.object({
    hostnames: z.array(z.string()).default([]),
    rules: z.array(z.object({ matches: z.array(match).default([]) })).default([]),
  }),
});

/** What is in a namespace, as the cluster has it now. */
export interface Outside extends OutsideView {
  /** It is a tenant's of Teal's. */
  teals: boolean;
  /** Host names that a route of it serves on every path, by exactly that name. */
  whole: string[];
}

/** Null where there is no such namespace. Throws `cluster_unreachable`. */
export async function readOutside({ core, apps, custom }: Cluster, namespace: string): Promise<Outside | null> {
  return await live(async () => {
    const found = await orNull(core.readNamespace({ name: namespace }));
    if (!found) return null;
    const [workloads, pods, answer] = await Promise.all([
      apps.listNamespacedDeployment({ namespace }),
      core.listNamespacedPod({ namespace }),
      custom.listNamespacedCustomObject({ ...httpRoutes, namespace }) as Promise<unknown>,
    ]);
    const routes = z.object({ items: z.array(route) }).parse(answer).items;
    const volumes = pods.items.flatMap(({ spec }) => spec?.volumes ?? []);
    const claims = volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    return {
      namespace,
      teals: found.metadata?.labels?.["teal.dev/tenant"] !== undefined,
      workloads: workloads.items.map(({ metadata, spec }) => ({
        name: metadata?.name ?? "",
        replicas: spec?.replicas ?? 1,
        images: (spec?.template.spec?.containers ?? []).map(({ image }) => image ?? ""),
      })),
      routes: routes.map(({ metadata, spec }) => ({
        name: metadata.name,
        hostnames: spec.hostnames,
        createdAt: new Date(metadata.creationTimestamp).toISOString(),
      })),
      claims: [...new Set(claims)].sort(),
      whole: [...new Set(routes.filter(takesAll).flatMap(({ spec }) => spec.hostnames))].sort(),
    };
  });
}

/** A rule for every path and nothing else: Teal's own is no more specific, and the older route then has the requests. */
function takesAll({ spec }: z.infer<typeof route>): boolean {
  return spec.rules.some(
    ({ matches }) =>
      matches.length === 0 ||
      matches.some(({ path, ...others }) => Object.keys(others).length === 0 && (!path || isEvery(path))),
  );
}

function isEvery({ type, value }: { type: string; value: string }): boolean {
  return type === "PathPrefix" && value === "/";
}
