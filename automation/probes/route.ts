import { z } from "zod";
import { app } from "../../tenant/plan/names.ts";
import { orNull, type Cluster } from "./cluster.ts";

/** Where the API server has HTTPRoutes. */
export const httpRoutes = { group: "gateway.networking.k8s.io", version: "v1", plural: "httproutes" } as const;

const routeStatus = z.object({
  metadata: z.object({ generation: z.number().default(0) }),
  status: z
    .object({
      parents: z
        .array(
          z.object({
            conditions: z
              .array(
                z.object({
                  type: z.string(),
                  status: z.string(),
                  reason: z.string().default(""),
                  message: z.string().default(""),
                  observedGeneration: z.number().default(0),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    })
    .default({ parents: [] }),
});

/**
 * Whether the gateway says that an HTTPRoute, the tenant's own if no other is named, is in force as it now stands; if not, `why` in one line.
 * Applied is not moved: only the gateway knows.
 */
export async function routeInForce(
  cluster: Cluster,
  namespace: string,
  name: string = app,
): Promise<{ inForce: boolean; why: string }> {
  const read = cluster.custom.getNamespacedCustomObject({ ...httpRoutes, namespace, name });
  const found = await orNull(read);
  if (found === null) return { inForce: false, why: "the route is not in the cluster" };
  const { metadata, status } = routeStatus.parse(found);
  const conditions = status.parents.flatMap((p) => p.conditions);
  const accepted = conditions.find((c) => c.type === "Accepted");
  if (!accepted || accepted.observedGeneration < metadata.generation) {
    return { inForce: false, why: "the gateway has not yet taken the route's newest version" };
  }
  if (accepted.status !== "True") return { inForce: false, why: `the gateway refuses the route: ${accepted.message}` };
  const resolved = conditions.find((c) => c.type === "ResolvedRefs" && c.status === "False");
  if (resolved) return { inForce: false, why: `the gateway can't resolve the route: ${resolved.message}` };
  return { inForce: true, why: "" };
}
