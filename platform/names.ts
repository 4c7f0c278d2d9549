/** Names that parts of the platform know each other by. */

/** Begins the name of whatever is named in AWS. */
export function prefixOf(environment: string): string {
  return `teal-${environment}`;
}

/** Namespaces of the cluster that are the platform's. Teal's own is the one that its rights and policies name. */
export const namespaces = {
  teal: "teal-system",
  gateway: "teal-gateway",
  envoy: "envoy-gateway-system",
  monitoring: "monitoring",
  logs: "logging",
  dns: "external-dns",
  secrets: "external-secrets",
  admission: "cosign-system",
} as const;

/** The Gateway that tenants' routes attach to. */
export const gateway = { namespace: namespaces.gateway, name: "teal", className: "teal-envoy" } as const;

/** Service of the Gateway's proxies, and the ports that it and they listen on. */
export const gatewayService = { name: "teal", port: 8080, metricsPort: 19_001 } as const;

/** Headless Service by which each of the proxies is found, since each counts for itself. */
export const proxiesService = "teal-proxies";
/** Label of the proxies' pods: the Gateway that they are of. */
export const proxyLabels = { "gateway.envoyproxy.io/owning-gateway-name": gateway.name } as const;

/** Path that the proxies answer themselves, for the load balancer's health checks. */
export const healthPath = "/teal-gateway-health";

/** What a request gets whose host name is nobody's. */
export const nobody = {
  contentType: "text/plain",
  statusCode: "404",
  messageBody: "Nobody has this host name.\n",
};

/** The host name of Teal's own API. */
export function apiHost(domain: string): string {
  return `teal.${domain}`;
}
