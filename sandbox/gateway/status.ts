import type { Condition } from "../kubernetes/types.ts";
import { isServed, type Attachment } from "./attachment.ts";
import type { Programmed } from "./program.ts";
import type { Gateway, HTTPRoute, Listener, ListenerStatus, RouteParentStatus } from "./resources.ts";

const messages: Record<Attachment["reason"], string> = {
  Accepted: "In force",
  NoMatchingParent: "The Gateway has no such listener for HTTP",
  NotAllowedByListeners: "The Gateway's listeners don't allow routes of this namespace",
  NoMatchingListenerHostname: "No hostname of the route is one that the Gateway's listeners have",
};

/** What the route's status says of its parents: ours as given, those of other controllers as they are. */
export function routeParents(route: HTTPRoute, programmed: Programmed, controllerName: string): RouteParentStatus[] {
  const before = route.status?.parents ?? [];
  const others = before.filter((parent) => parent.controllerName !== controllerName);
  const ours = programmed.attachments.map((attachment): RouteParentStatus => {
    const { parentRef } = attachment;
    const known = before.find(
      (parent) => parent.controllerName === controllerName && sameRef(parent.parentRef, parentRef),
    );
    const conditions = [acceptedCondition(attachment, programmed), resolvedCondition(programmed)];
    return { parentRef, controllerName, conditions: stamped(conditions, known?.conditions, programmed.generation) };
  });
  return [...others, ...ours];
}

function acceptedCondition({ reason }: Attachment, { problem }: Programmed): Condition {
  if (problem !== undefined) return condition("Accepted", false, "UnsupportedValue", problem);
  return condition("Accepted", reason === "Accepted", reason, messages[reason]);
}

function resolvedCondition({ compiled }: Programmed): Condition {
  const targets = compiled?.rules.flatMap((rule) => rule.targets) ?? [];
  const missing = targets.find(({ backend }) => backend?.exists === false)?.backend;
  if (compiled?.unresolved !== undefined)
    return condition("ResolvedRefs", false, compiled.unresolved.reason, compiled.unresolved.message);
  if (missing === undefined) return condition("ResolvedRefs", true, "ResolvedRefs", "All backends are known");
  const message = `There is no Service ${missing.namespace}/${missing.service} with port ${missing.port}`;
  return condition("ResolvedRefs", false, "BackendNotFound", message);
}

/**
 * @param attached how many routes each listener has, by its name
 * @param unresolved why not all certificates of a listener can be served
 */
export function gatewayStatus(
  gateway: Gateway,
  attached: ReadonlyMap<string, number>,
  unresolved: (listener: Listener) => string | undefined = () => undefined,
): NonNullable<Gateway["status"]> {
  const generation = gateway.metadata.generation ?? 0;
  const listeners = gateway.spec.listeners.map((listener): ListenerStatus => {
    const known = gateway.status?.listeners?.find(({ name }) => name === listener.name);
    const served = isServed(listener);
    const problem = `This gateway serves HTTP, and HTTPS by certificates; not ${listener.protocol} so`;
    const certificates = unresolved(listener);
    const conditions = [
      served
        ? condition("Accepted", true, "Accepted", "Accepted")
        : condition("Accepted", false, "UnsupportedProtocol", problem),
      served
        ? condition("Programmed", true, "Programmed", "In force")
        : condition("Programmed", false, "Invalid", problem),
      certificates === undefined
        ? condition("ResolvedRefs", true, "ResolvedRefs", "There is nothing to resolve, or all of it is")
        : condition("ResolvedRefs", false, "InvalidCertificateRef", certificates),
    ];
    return {
      name: listener.name,
      attachedRoutes: attached.get(listener.name) ?? 0,
      supportedKinds: served ? [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }] : [],
      conditions: stamped(conditions, known?.conditions, generation),
    };
  });
  const conditions = [
    condition("Accepted", true, "Accepted", "Accepted"),
    condition("Programmed", true, "Programmed", "In force"),
  ];
  return { conditions: stamped(conditions, gateway.status?.conditions, generation), listeners };
}

const condition = (type: string, isTrue: boolean, reason: string, message: string): Condition => ({
  type,
  status: isTrue ? "True" : "False",
  reason,
  message,
});

/** With generation and time of the last change, which stays as it was while the status does. */
export function stamped(
  conditions: readonly Condition[],
  before: readonly Condition[] | undefined,
  observedGeneration: number,
): Condition[] {
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  return conditions.map((condition) => {
    const known = before?.find(({ type }) => type === condition.type);
    const lastTransitionTime = known?.status === condition.status ? (known.lastTransitionTime ?? now) : now;
    return { ...condition, observedGeneration, lastTransitionTime };
  });
}

const sameRef = (a: RouteParentStatus["parentRef"], b: RouteParentStatus["parentRef"]): boolean =>
  a.name === b.name && a.namespace === b.namespace && a.sectionName === b.sectionName && a.port === b.port;
