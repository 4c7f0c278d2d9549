import { selectorMatches, type LabelSelector } from "../kubernetes/types.ts";
import { intersection } from "./hostname.ts";
import type { Gateway, HTTPRoute, Listener, ParentRef } from "./resources.ts";

/** How one of a route's parents, a Gateway of ours, took it. */
export interface Attachment {
  parentRef: ParentRef;
  /** `namespace/name` of the Gateway. */
  gateway: string;
  /** Names of the listeners that have it; empty where it isn't accepted. */
  listeners: readonly string[];
  /** The host names under which it serves; `*` for any. */
  hostnames: readonly string[];
  reason: "Accepted" | "NoMatchingParent" | "NotAllowedByListeners" | "NoMatchingListenerHostname";
}

/** What attaching needs to know beside the route. */
export interface Surroundings {
  /** A Gateway of ours by `namespace/name`. */
  gateway: (key: string) => Gateway | undefined;
  namespaceLabels: (name: string) => Record<string, string> | undefined;
}

/** HTTP, and HTTPS that ends here, by certificates. */
export const isServed = ({ protocol, tls }: Listener): boolean =>
  protocol === "HTTP" ||
  (protocol === "HTTPS" && (tls?.mode ?? "Terminate") === "Terminate" && (tls?.certificateRefs?.length ?? 0) > 0);

/** Only parents that are Gateways of ours: those of others are not ours to speak of. */
export function attachmentsOf(route: HTTPRoute, surroundings: Surroundings): Attachment[] {
  return (route.spec.parentRefs ?? []).flatMap((parentRef) => {
    if ((parentRef.kind ?? "Gateway") !== "Gateway") return [];
    if ((parentRef.group ?? "gateway.networking.k8s.io") !== "gateway.networking.k8s.io") return [];
    const key = `${parentRef.namespace ?? route.metadata.namespace}/${parentRef.name}`;
    const gateway = surroundings.gateway(key);
    return gateway === undefined ? [] : [attach(route, parentRef, key, gateway, surroundings)];
  });
}

function attach(
  route: HTTPRoute,
  parentRef: ParentRef,
  key: string,
  gateway: Gateway,
  { namespaceLabels }: Surroundings,
): Attachment {
  const refused = (reason: Attachment["reason"]): Attachment => ({
    parentRef,
    gateway: key,
    listeners: [],
    hostnames: [],
    reason,
  });
  const named = gateway.spec.listeners.filter(
    (listener) =>
      isServed(listener) &&
      (parentRef.sectionName === undefined || parentRef.sectionName === listener.name) &&
      (parentRef.port === undefined || parentRef.port === listener.port),
  );
  if (named.length === 0) return refused("NoMatchingParent");
  const namespace = route.metadata.namespace ?? "";
  const open = named.filter((listener) => allows(listener, gateway, namespace, namespaceLabels(namespace)));
  if (open.length === 0) return refused("NotAllowedByListeners");
  const hostnames = new Set<string>();
  const listeners = open.filter((listener) => {
    const common = (route.spec.hostnames ?? ["*"])
      .map((hostname) => intersection(hostname.toLowerCase(), listener.hostname?.toLowerCase() ?? "*"))
      .filter((hostname) => hostname !== undefined);
    for (const hostname of common) hostnames.add(hostname);
    return common.length > 0;
  });
  if (listeners.length === 0) return refused("NoMatchingListenerHostname");
  const names = listeners.map((listener) => listener.name);
  return { parentRef, gateway: key, listeners: names, hostnames: [...hostnames], reason: "Accepted" };
}

function allows(
  { allowedRoutes }: Listener,
  gateway: Gateway,
  namespace: string,
  labels: Record<string, string> | undefined,
): boolean {
  const kinds = allowedRoutes?.kinds ?? [];
  if (kinds.length > 0 && !kinds.some(({ kind }) => kind === "HTTPRoute")) return false;
  const selector: LabelSelector | undefined = allowedRoutes?.namespaces?.selector;
  switch (allowedRoutes?.namespaces?.from ?? "Same") {
    case "All":
      return true;
    case "Same":
      return gateway.metadata.namespace === namespace;
    case "Selector":
      return selectorMatches(selector, labels);
    default:
      return false;
  }
}
