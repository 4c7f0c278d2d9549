import { keyOf } from "../kubernetes/types.ts";
import { wantsAffinity } from "./affinity.ts";
import type { Backend } from "./endpoints.ts";
import { compileMatch, type CompiledMatch } from "./match.ts";
import { shutFor, type BackendRef, type Filter, type HTTPRoute, type RouteRule } from "./resources.ts";
import { WeightedChoice } from "./weighted.ts";

/** A backend of a rule; `undefined` stands for a reference that leads nowhere, whose share of requests fails. */
export interface Target {
  backend: Backend | undefined;
  weight: number;
  filters: readonly Filter[];
}

export interface CompiledRule {
  route: { namespace: string; name: string; shut: ReturnType<typeof shutFor> };
  filters: readonly Filter[];
  targets: readonly Target[];
  choice: WeightedChoice<Target>;
  /** Users keep their target while its weight doesn't fall. */
  affinity: boolean;
  matches: readonly CompiledMatch[];
  /** How long a request may take in all, in ms; undefined: only its beginning has a limit. */
  timeoutMs: number | undefined;
}

export interface CompiledRoute {
  key: string;
  createdAt: string;
  rules: readonly CompiledRule[];
  /** Why some backends can't be resolved, in the Gateway API's words. */
  unresolved: { reason: "RefNotPermitted" | "InvalidKind" | "BackendNotFound"; message: string } | undefined;
}

/** Whether routes of one namespace may lead to a Service of another. */
export type Granted = (from: string, to: string, service: string) => boolean;

/** @returns a reason instead where the route asks for something that this gateway doesn't do */
export function compileRoute(
  route: HTTPRoute,
  backend: (namespace: string, service: string, port: number) => Backend,
  granted: Granted = () => false,
): CompiledRoute | string {
  const rules: CompiledRule[] = [];
  let unresolved: CompiledRoute["unresolved"];
  const { namespace = "", name } = route.metadata;
  const shut = shutFor(route);
  const affinity = wantsAffinity(route);
  for (const rule of route.spec.rules ?? [{}]) {
    const compiled = (rule.matches ?? [{}]).map(compileMatch);
    const problem = compiled.find((match) => typeof match === "string") ?? unsupportedFilter(rule);
    if (problem !== undefined) return problem;
    const targets = (rule.backendRefs ?? []).map((ref): Target => {
      const found = resolve(ref, namespace, backend, granted);
      const isBackend = !("reason" in found);
      if (!isBackend) unresolved ??= found;
      return { backend: isBackend ? found : undefined, weight: ref.weight ?? 1, filters: ref.filters ?? [] };
    });
    rules.push({
      route: { namespace, name, shut },
      filters: rule.filters ?? [],
      targets,
      choice: new WeightedChoice(targets.map((item) => ({ item, weight: item.weight }))),
      affinity: affinity && targets.length > 1,
      matches: compiled.filter((match) => typeof match !== "string"),
      timeoutMs: durationMs(rule.timeouts?.request),
    });
  }
  return { key: keyOf(route), createdAt: route.metadata.creationTimestamp ?? "", rules, unresolved };
}

function resolve(
  ref: BackendRef,
  namespace: string,
  backend: (namespace: string, service: string, port: number) => Backend,
  granted: Granted,
): Backend | NonNullable<CompiledRoute["unresolved"]> {
  if ((ref.kind ?? "Service") !== "Service" || (ref.group ?? "") !== "")
    return {
      reason: "InvalidKind",
      message: `backend ${ref.name} is a ${ref.kind ?? "?"}, and only Services are supported`,
    };
  const there = ref.namespace ?? namespace;
  if (there !== namespace && !granted(namespace, there, ref.name))
    return {
      reason: "RefNotPermitted",
      message: `backend ${there}/${ref.name} is in another namespace, and no ReferenceGrant there allows it`,
    };
  if (ref.port === undefined) return { reason: "BackendNotFound", message: `backend ${ref.name} names no port` };
  return backend(there, ref.name, ref.port);
}

const supportedFilters = ["RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect"];

function unsupportedFilter(rule: RouteRule): string | undefined {
  const filters = [...(rule.filters ?? []), ...(rule.backendRefs ?? []).flatMap((ref) => ref.filters ?? [])];
  const unknown = filters.find((filter) => !supportedFilters.includes(filter.type));
  return unknown && `filters of type ${unknown.type} are not supported`;
}

const unitMs: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A Gateway API duration, such as `1m30s` or `500ms`; `0s` means no limit. */
export function durationMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = [...text.matchAll(/(\d+)(ms|h|m|s)/g)].reduce((sum, [, n, unit]) => sum + Number(n) * unitMs[unit!]!, 0);
  return ms === 0 ? undefined : ms;
}
