import { z } from "zod";

/** A route's spec as the API has it: what is not named here is kept, and looked at, all the same. */
const everyPath = z.object({ type: z.literal("PathPrefix").default("PathPrefix"), value: z.literal("/").default("/") });
const match = z.looseObject({
  path: z.looseObject({ type: z.string().optional(), value: z.string().optional() }).optional(),
});
const backendRef = z.looseObject({
  group: z.string().default(""),
  kind: z.string().default("Service"),
  namespace: z.string().optional(),
  name: z.string(),
  port: z.number().optional(),
  weight: z.number().default(1),
});
const rule = z.looseObject({ matches: z.array(match).default([]), backendRefs: z.array(backendRef).default([]) });
const parentRef = z.looseObject({
  kind: z.string().default("Gateway"),
  namespace: z.string().optional(),
  name: z.string(),
  sectionName: z.string().optional(),
  port: z.number().optional(),
});

export const foundRoute = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    uid: z.string().default(""),
    resourceVersion: z.string().default(""),
    creationTimestamp: z.string(),
  }),
  spec: z.looseObject({
    parentRefs: z.array(parentRef).default([]),
    hostnames: z.array(z.string()).default([]),
    rules: z.array(rule).default([]),
  }),
});
/** An HTTPRoute, whole. */
export type FoundRoute = z.infer<typeof foundRoute>;

/** Where a route leads all its requests, as they are; `whyNot` in one phrase where it does more, or something else. */
export type Leading = { service: string; port: number } | { whyNot: string };

/**
 * What another route could stand in for without any request being answered otherwise: every path to one Service of its own
 * namespace, by `gateway` and all of its listeners. Pure.
 */
export function leadingOf({ metadata, spec }: FoundRoute, gateway: { name: string; namespace: string }): Leading {
  const parents = spec.parentRefs.filter(
    ({ kind, name, namespace = metadata.namespace }) =>
      kind === "Gateway" && name === gateway.name && namespace === gateway.namespace,
  );
  if (parents.length === 0 || parents.length < spec.parentRefs.length)
    return { whyNot: `it is attached to something else than Gateway ${gateway.namespace}/${gateway.name}` };
  if (parents.some(({ sectionName, port }) => sectionName !== undefined || port !== undefined))
    return { whyNot: "it is attached to some of the Gateway's listeners only (sectionName, port)" };
  const [only, ...others] = spec.rules;
  if (!only || others.length > 0) return { whyNot: `it has ${spec.rules.length} rules, not one` };
  const { matches, backendRefs, name: _, ...more } = only;
  if (!takesEvery(matches)) return { whyNot: "its rule doesn't take every path, or asks for more than the path" };
  const extra = Object.entries(more).flatMap(([key, value]) => (isNothing(value) ? [] : [key]));
  if (extra.length > 0) return { whyNot: `its rule has ${extra.join(", ")}` };
  return serviceOf(backendRefs, metadata.namespace);
}

function serviceOf(backendRefs: readonly z.infer<typeof backendRef>[], own: string): Leading {
  const [ref, ...others] = backendRefs;
  if (!ref || others.length > 0) return { whyNot: `it leads to ${backendRefs.length} backends, not one` };
  const { group, kind, name, namespace = own, port, weight, ...more } = ref;
  if (group !== "" || kind !== "Service") return { whyNot: `it leads to a ${kind}, not a Service` };
  if (namespace !== own) return { whyNot: `it leads to namespace ${namespace}` };
  if (weight === 0 || port === undefined) return { whyNot: "it leads nowhere (no port, or weight 0)" };
  const extra = Object.entries(more).flatMap(([key, value]) => (isNothing(value) ? [] : [key]));
  if (extra.length > 0) return { whyNot: `its backend has ${extra.join(", ")}` };
  // The gateway's figures name a Service: these two names are those of Teal's own copies.
  if (name === "blue" || name === "green") return { whyNot: `its Service is named ${name}, as Teal's own are` };
  return { service: name, port };
}

function takesEvery(matches: FoundRoute["spec"]["rules"][number]["matches"]): boolean {
  if (matches.length === 0) return true;
  return matches.every(
    ({ path, ...others }) => Object.values(others).every(isNothing) && everyPath.safeParse(path ?? {}).success,
  );
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);
