import type { HTTPRoute, RouteRule, Service } from "../../../sandbox/gateway/resources.ts";
import type { Gateway } from "../../../sandbox/gateway/resources.ts";
import type { Pod } from "../../../sandbox/kubernetes/pods.ts";

/** Objects as the API gives them, with as little in them as the gateway needs. */

export const gateway: Gateway = {
  metadata: { namespace: "teal-system", name: "teal", generation: 1 },
  spec: {
    gatewayClassName: "teal",
    listeners: [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } }],
  },
};

export const parentRef = { name: "teal", namespace: "teal-system" };

export const route = (rules: readonly RouteRule[], more: Partial<HTTPRoute["spec"]> = {}, name = "web"): HTTPRoute => ({
  metadata: { namespace: "acme", name, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z" },
  spec: { parentRefs: [parentRef], hostnames: ["acme.localhost"], rules, ...more },
});

export const service = (name: string, port = 80, targetPort: number | string = "http"): Service => ({
  metadata: { namespace: "acme", name },
  spec: { selector: { app: name }, ports: [{ port, targetPort }] },
});

export const pod = (
  app: string,
  port: number,
  more: { name?: string; ready?: boolean; leaving?: boolean } = {},
): Pod => ({
  metadata: {
    namespace: "acme",
    name: more.name ?? `${app}-${port}`,
    labels: { app },
    ...(more.leaving && { deletionTimestamp: "2026-01-01T00:00:00Z" }),
  },
  spec: { containers: [{ name: "app", image: "", ports: [{ name: "http", containerPort: port }] }] },
  status: {
    podIP: "127.0.0.1",
    conditions: [{ type: "Ready", status: more.ready === false ? "False" : "True" }],
  },
});
