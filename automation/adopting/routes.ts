import { ApiException, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { z } from "zod";
import { orNull, type Cluster } from "../probes/cluster.ts";
import { foundRoute, type FoundRoute } from "../probes/leading.ts";
import { httpRoutes } from "../probes/route.ts";
import type { TakenRoute } from "../ledger/adopting/takenRoutes.ts";

/** HTTPRoutes that Teal has not made: what an adoption changes of them, and puts back. */

const object = z.looseObject({
  metadata: z.record(z.string(), z.unknown()),
  spec: z.record(z.string(), z.unknown()),
});

/** As understood, and how somebody would apply the very same. */
export async function routesIn(
  { custom }: Cluster,
  namespace: string,
): Promise<{ route: FoundRoute; manifest: Record<string, unknown> }[]> {
  const answer: unknown = await custom.listNamespacedCustomObject({ ...httpRoutes, namespace });
  const { items } = z.object({ items: z.array(object) }).parse(answer);
  return items.map((item) => ({ route: foundRoute.parse(item), manifest: manifestOf(item) }));
}

/** Takes `hostnames` from the route as it was read: another change of it meanwhile is refused (409). Without any left it is removed. */
export async function takeFrom({ custom }: Cluster, route: FoundRoute, hostnames: readonly string[]): Promise<void> {
  const { namespace, name, uid, resourceVersion } = route.metadata;
  const left = route.spec.hostnames.filter((hostname) => !hostnames.includes(hostname));
  const place = { ...httpRoutes, namespace, name };
  if (left.length === 0) {
    const preconditions = { uid, resourceVersion };
    await orNull(custom.deleteNamespacedCustomObject({ ...place, body: { preconditions } }));
    return;
  }
  const body = { metadata: { uid, resourceVersion }, spec: { hostnames: left } };
  await custom.patchNamespacedCustomObject({ ...place, body }, asMergePatch);
}

/** Puts it there again, or its host names into what is there now. Where the namespace is gone nobody can be served there. */
export async function putBack(
  { custom }: Cluster,
  { namespace, name, hostnames, manifest }: TakenRoute,
): Promise<void> {
  const place = { ...httpRoutes, namespace };
  const found = await orNull(custom.getNamespacedCustomObject({ ...place, name }) as Promise<unknown>);
  if (found === null) {
    await orNull(custom.createNamespacedCustomObject({ ...place, body: manifest })).catch(unlessThere);
    return;
  }
  const { metadata, spec } = foundRoute.parse(found);
  const missing = hostnames.filter((hostname) => !spec.hostnames.includes(hostname));
  if (missing.length === 0) return;
  const { uid, resourceVersion } = metadata;
  const body = { metadata: { uid, resourceVersion }, spec: { hostnames: [...spec.hostnames, ...missing] } };
  await custom.patchNamespacedCustomObject({ ...place, name, body }, asMergePatch);
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

function manifestOf({ metadata, spec }: z.infer<typeof object>): Record<string, unknown> {
  const own = Object.entries(metadata).filter(([key]) => !written.includes(key) && !key.startsWith("deletion"));
  const { group, version } = httpRoutes;
  return { apiVersion: `${group}/${version}`, kind: "HTTPRoute", metadata: Object.fromEntries(own), spec };
}

const asMergePatch = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

function unlessThere(error: unknown): void {
  if (!(error instanceof ApiException) || error.code !== 409) throw error;
}
