import { ApiException, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { z } from "zod";
import { orNull, type Cluster } from "../probes/cluster.ts";
import { foundRoute, type FoundRoute } from "../probes/leading.ts";
import { httpRoutes } from "../probes/route.ts";
import type { TakenRoute } from "../ledger/adopting/takenRoutes.ts";

/** HTTPRoutes that Teal has not made: what an adoption changes of them, and puts back. */

export async function routesIn({ custom }: Cluster, namespace: string): Promise<FoundRoute[]> {
  const answer: unknown = await custom.listNamespacedCustomObject({ ...httpRoutes, namespace });
  return z.object({ items: z.array(foundRoute) }).parse(answer).items;
}

/** Takes `hostnames` from the route as it was read: another change of it meanwhile is refused (409). Without any left it is removed. */
export async function takeFrom({ custom }: Cluster, route: FoundRoute, hostnames: readonly string[]): Promise<void> {
  const { namespace, name, uid, resourceVersion } = route.metadata;
  const left = route.spec.hostnames.filter((hostname) => !hostnames.includes(hostname));
  const object = { ...httpRoutes, namespace, name };
  if (left.length === 0) {
    const preconditions = { uid, resourceVersion };
    await orNull(custom.deleteNamespacedCustomObject({ ...object, body: { preconditions } }));
    return;
  }
  const body = { metadata: { uid, resourceVersion }, spec: { hostnames: left } };
  await custom.patchNamespacedCustomObject({ ...object, body }, asMergePatch);
}

/** Puts it there again, or its host names into what is there now. Where the namespace is gone nobody can be served there. */
export async function putBack(
  { custom }: Cluster,
  { namespace, name, hostnames, manifest }: TakenRoute,
): Promise<void> {
  const object = { ...httpRoutes, namespace };
  const found = await orNull(custom.getNamespacedCustomObject({ ...object, name }) as Promise<unknown>);
  if (found === null) {
    await orNull(custom.createNamespacedCustomObject({ ...object, body: manifest })).catch(unlessThere);
    return;
  }
  const { metadata, spec } = foundRoute.parse(found);
  const missing = hostnames.filter((hostname) => !spec.hostnames.includes(hostname));
  if (missing.length === 0) return;
  const { uid, resourceVersion } = metadata;
  const body = { metadata: { uid, resourceVersion }, spec: { hostnames: [...spec.hostnames, ...missing] } };
  await custom.patchNamespacedCustomObject({ ...object, name, body }, asMergePatch);
}

/** What the API server writes, and a route that is made anew can't have. */
const written = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "managedFields",
  "selfLink",
  "ownerReferences",
];

/** The route as somebody would apply it. */
export function manifestOf({ metadata, spec }: FoundRoute): Record<string, unknown> {
  const own = Object.entries(metadata).filter(([key]) => !written.includes(key) && !key.startsWith("deletion"));
  const { group, version } = httpRoutes;
  return { apiVersion: `${group}/${version}`, kind: "HTTPRoute", metadata: Object.fromEntries(own), spec };
}

const asMergePatch = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

function unlessThere(error: unknown): void {
  if (!(error instanceof ApiException) || error.code !== 409) throw error;
}
