import { envoyCluster, envoyMetrics, envoyNames } from "../../model/envoy.ts";
import { gateway, gatewayService, proxyLabels } from "../names.ts";

/** What is kept of the proxies' figures, and what its labels become: which tenant and color a figure is of. */
export const proxyRelabelings = [
  {
    sourceLabels: ["__name__"],
    regex: `${envoyMetrics.answers}|${envoyMetrics.times}_(bucket|count)|envoy_cluster_upstream_rq_active|envoy_http_downstream_(rq_xx|cx_active)|envoy_server_(memory_allocated|live)`,
    action: "keep",
  },
  { sourceLabels: [envoyCluster], regex: envoyNames.namespace, targetLabel: "namespace", replacement: "$1" },
  {
    sourceLabels: [envoyCluster],
    regex: envoyNames.color,
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
      selector: { matchLabels: proxyLabels },
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
