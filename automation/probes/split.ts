import { z } from "zod";
import { colors, type Color } from "../../model/color.ts";
import { adoptedAnnotation } from "../../model/headers.ts";
import { weightsGiving, type Weights } from "../../model/weights.ts";
import { app, slotNames } from "../../tenant/plan/names.ts";
import { orNull, type Cluster } from "./cluster.ts";
import { httpRoutes } from "./route.ts";

const backend = z.object({ name: z.string(), namespace: z.string().optional(), weight: z.number().default(1) });
const route = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    rules: z
      .array(z.object({ matches: z.array(z.looseObject({})).default([]), backendRefs: z.array(backend).default([]) }))
      .default([]),
  }),
});

/** How a tenant's live route splits traffic, in percent; null where there is no route, or it leads to no color. */
export async function splitOf(cluster: Cluster, namespace: string): Promise<Weights | null> {
  const read = cluster.custom.getNamespacedCustomObject({ ...httpRoutes, namespace, name: app });
  const found = await orNull(read);
  return found === null ? null : splitIn(route.parse(found));
}

/** The splits of all tenants' live routes, by namespace. */
export async function allSplits(cluster: Cluster): Promise<Map<string, Weights | null>> {
  const answer: unknown = await cluster.custom.listCustomObjectForAllNamespaces({
    group: httpRoutes.group,
    version: httpRoutes.version,
    resourcePlural: httpRoutes.plural,
    labelSelector: "app.kubernetes.io/managed-by=teal",
  });
  const { items } = z.object({ items: z.array(route) }).parse(answer);
  return new Map(
    items.filter(({ metadata }) => metadata.name === app).map((one) => [one.metadata.namespace, splitIn(one)]),
  );
}

/** The rule without a header match is the one that weights are in: see tenant/plan/route.ts. */
function splitIn({ metadata, spec }: z.infer<typeof route>): Weights | null {
  const rule = spec.rules.find(({ matches }) => matches.every((match) => !("headers" in match)));
  const adopted = metadata.annotations[adoptedAnnotation];
  // What is in another namespace is the copy of the color that the route says; of any other nobody knows.
  const colorOf = ({ name, namespace = metadata.namespace }: z.infer<typeof backend>) =>
    namespace !== metadata.namespace ? adopted : colors.find((color) => slotNames(color).service === name);
  const weightOf = (color: Color) =>
    (rule?.backendRefs ?? []).filter((one) => colorOf(one) === color).reduce((sum, { weight }) => sum + weight, 0);
  const [blue, green] = [weightOf("blue"), weightOf("green")];
  return blue + green === 0 ? null : weightsGiving("blue", Math.round((100 * blue) / (blue + green)));
}
