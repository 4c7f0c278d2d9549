import { colors, type Color } from "../../model/color.ts";
import {
  adoptedAnnotation,
  affinityAnnotation,
  colorHeader,
  previewHeader,
  suspendedAnnotation,
} from "../../model/headers.ts";
import type { TenantSpec } from "../spec.ts";
import { namespaceOf, portName, servicePort, slotNames, suspendedService } from "./names.ts";

/**
 * HTTPRoute spec: the only thing of a tenant's that depends on weights and preview. `token` is the preview's, in
 * whatever form the caller needs it (the program wraps it as a secret).
 */
export function routeSpec<Token>(spec: TenantSpec, token: Token) {
  const { name, namespace } = spec.gateway;
  const preview = spec.preview ? [previewRule(spec, spec.preview.color, token)] : [];
  return {
    parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name, namespace }],
    hostnames: spec.hostnames,
    rules: [...preview, { matches: [{ path: everyPath }], backendRefs: spec.suspended ? nowhere : weighted(spec) }],
  };
}

/** Annotations of the route: a gateway that knows the one of a suspended tenant can say so in its answer. */
export function routeAnnotations({
  suspended,
  maintenance,
  affinity,
  adopted,
}: Pick<TenantSpec, "suspended" | "maintenance" | "affinity" | "adopted">): Record<string, string> {
  return {
    ...(suspended && { [suspendedAnnotation]: maintenance ? "maintenance" : "true" }),
    ...(affinity && { [affinityAnnotation]: affinity }),
    ...(adopted && { [adoptedAnnotation]: adopted.color }),
  };
}

/** The Gateway API has no answers of its own to give; a Service without endpoints is answered for with a 503. */
const nowhere = [{ group: "", kind: "Service", name: suspendedService, port: servicePort, weight: 1 }];

/** Spec of that Service. Its selector fits no pod, ever: without one, nobody would keep an empty list of endpoints. */
export function suspendedServiceSpec() {
  return {
    type: "ClusterIP",
    selector: { "teal.dev/color": "none" },
    ports: [{ name: portName, port: servicePort, targetPort: portName, protocol: "TCP" }],
  };
}

const everyPath = { type: "PathPrefix", value: "/" };

/** Requests that bear the rollout's token are served by its color: a rule with a header match wins over one without. */
function previewRule<Token>(spec: TenantSpec, color: Color, token: Token) {
  const headers = [{ type: "Exact", name: previewHeader, value: token }];
  const says = {
    type: "ResponseHeaderModifier",
    responseHeaderModifier: { set: [{ name: colorHeader, value: color }] },
  };
  return { matches: [{ path: everyPath, headers }], filters: [says], backendRefs: [backend(spec, color, 1)] };
}

/** Copies that exist, those without traffic too: a gateway then has their endpoints at hand when they get some. */
function weighted(spec: TenantSpec) {
  const { adopted } = spec;
  const there = colors.filter((color) => spec[color] !== null || adopted?.color === color);
  return there.map((color) => backend(spec, color, spec.weights[color]));
}

function backend({ adopted }: TenantSpec, color: Color, weight: number) {
  if (adopted?.color === color) {
    const { namespace, service, port } = adopted;
    return { group: "", kind: "Service", namespace, name: service, port, weight };
  }
  return { group: "", kind: "Service", name: slotNames(color).service, port: servicePort, weight };
}

/** Spec of the ReferenceGrant by which the tenant's route, and nobody else's, may lead to what is adopted. */
export function grantSpec(spec: TenantSpec, { service }: NonNullable<TenantSpec["adopted"]>) {
  return {
    from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: namespaceOf(spec) }],
    to: [{ group: "", kind: "Service", name: service }],
  };
}
