import { suspendedAnnotation } from "../../model/headers.ts";
import type { Condition, KubeObject, LabelSelector } from "../kubernetes/types.ts";

/** The parts of the Gateway API, version 1, and of Services that the gateway reads and writes. */

export interface GatewayClass extends KubeObject {
  spec: { controllerName: string };
  status?: { conditions?: readonly Condition[] };
}

export interface Listener {
  name: string;
  hostname?: string;
  port: number;
  protocol: string;
  tls?: {
    mode?: "Terminate" | "Passthrough";
    certificateRefs?: readonly { group?: string; kind?: string; namespace?: string; name: string }[];
  };
  allowedRoutes?: {
    namespaces?: { from?: "All" | "Same" | "Selector" | "None"; selector?: LabelSelector };
    kinds?: readonly { group?: string; kind: string }[];
  };
}

export interface ListenerStatus {
  name: string;
  attachedRoutes: number;
  supportedKinds: readonly { group?: string; kind: string }[];
  conditions: readonly Condition[];
}

export interface Gateway extends KubeObject {
  spec: { gatewayClassName: string; listeners: readonly Listener[] };
  status?: { conditions?: readonly Condition[]; listeners?: readonly ListenerStatus[] };
}

export interface ParentRef {
  group?: string;
  kind?: string;
  namespace?: string;
  name: string;
  sectionName?: string;
  port?: number;
}

export interface NamedValue {
  type?: string;
  name: string;
  value: string;
}

export interface RouteMatch {
  path?: { type?: string; value?: string };
  headers?: readonly NamedValue[];
  queryParams?: readonly NamedValue[];
  method?: string;
}

export interface HeaderChanges {
  set?: readonly { name: string; value: string }[];
  add?: readonly { name: string; value: string }[];
  remove?: readonly string[];
}

export interface Redirect {
  scheme?: string;
  hostname?: string;
  port?: number;
  statusCode?: number;
  path?: { type: string; replaceFullPath?: string; replacePrefixMatch?: string };
}

export interface Filter {
  type: string;
  requestHeaderModifier?: HeaderChanges;
  responseHeaderModifier?: HeaderChanges;
  requestRedirect?: Redirect;
}

export interface BackendRef {
  group?: string;
  kind?: string;
  namespace?: string;
  name: string;
  port?: number;
  weight?: number;
  filters?: readonly Filter[];
}

export interface RouteRule {
  name?: string;
  matches?: readonly RouteMatch[];
  filters?: readonly Filter[];
  backendRefs?: readonly BackendRef[];
  timeouts?: { request?: string; backendRequest?: string };
}

export interface RouteParentStatus {
  parentRef: ParentRef;
  controllerName: string;
  conditions: readonly Condition[];
}

export interface HTTPRoute extends KubeObject {
  spec: { parentRefs?: readonly ParentRef[]; hostnames?: readonly string[]; rules?: readonly RouteRule[] };
  status?: { parents?: readonly RouteParentStatus[] };
}

/** Lets routes of other namespaces lead to what is in its own. */
export interface ReferenceGrant extends KubeObject {
  spec: {
    from: readonly { group: string; kind: string; namespace: string }[];
    to: readonly { group: string; kind: string; name?: string }[];
  };
}

/** Why it leads to nothing, where that is for a good reason: whoever comes is told so. */
export function shutFor({ metadata }: HTTPRoute): "suspended" | "maintenance" | undefined {
  const said = metadata.annotations?.[suspendedAnnotation];
  return said === "true" ? "suspended" : said === "maintenance" ? said : undefined;
}

export interface Service extends KubeObject {
  spec: {
    selector?: Record<string, string>;
    ports?: readonly { name?: string; port: number; targetPort?: number | string }[];
  };
}
