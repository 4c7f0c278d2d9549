import { gateway, gatewayService } from "../names.ts";

/**
 * What is kept of the proxies' figures, and what its labels become. With merged backends a cluster of Envoy's is named
 * `service/<namespace>/<service>/<port>/<protocol>`, and a slot's Service after its color.
 */
export const proxyRelabelings = [
  {
    sourceLabels: ["__name__"],
    regex:
      "envoy_cluster_upstream_rq_(xx|time_bucket|time_count|active)|envoy_http_downstream_(rq_xx|cx_active)|envoy_server_(memory_allocated|live)",
    action: "keep",
  },
  { sourceLabels: ["envoy_cluster_name"], regex: "service/([^/]+)/.*", targetLabel: "namespace", replacement: "$1" },
  {
    sourceLabels: ["envoy_cluster_name"],
    regex: "service/[^/]+/(blue|green)/.*",
    targetLabel: "color",
    replacement: "$1",
  },
] as const;

/** Where Prometheus finds the proxies. */
export function proxyMonitor() {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: "proxies", namespace: gateway.namespace, labels: { "app.kubernetes.io/managed-by": "pulumi" } },
    spec: {
      selector: { matchLabels: { "gateway.envoyproxy.io/owning-gateway-name": gateway.name } },
      podMetricsEndpoints: [
        {
          portNumber: gatewayService.metricsPort,
          path: "/stats/prometheus",
          interval: "15s",
          metricRelabelings: proxyRelabelings.map((relabeling) => ({
            ...relabeling,
            sourceLabels: [...relabeling.sourceLabels],
          })),
        },
      ],
    },
  };
}

/** Teal's figures are guarded by its token, as everything of it is. */
const endpointOf = (port: string, secret: string) => ({
  port,
  path: "/metrics",
  interval: "30s",
  authorization: { type: "Bearer", credentials: { name: secret, key: "TEAL_TOKEN" } },
});

/** Where Prometheus finds Teal's servers. */
export function serverMonitor(namespace: string, secret: string, labels: Record<string, string>) {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: "teal-server", namespace, labels },
    spec: { selector: { matchLabels: labels }, endpoints: [endpointOf("http", secret)] },
  };
}

/** Where it finds the workers, which no Service leads to. */
export function workerMonitor(namespace: string, secret: string, labels: Record<string, string>) {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: "teal-worker", namespace, labels },
    spec: { selector: { matchLabels: labels }, podMetricsEndpoints: [endpointOf("metrics", secret)] },
  };
}
