import { envoyMetrics } from "../../model/envoy.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { splitsByAlb } from "../edge/albPlan.ts";
import { namespaces } from "../names.ts";
import { page, said, ticket, type RuleGroup } from "./rule.ts";
import { tealRules } from "./tealRules.ts";

const byColor = `sum by (namespace, color) (rate(${envoyMetrics.answers}{color=~"blue|green"}[5m]))`;
const failed = `sum by (namespace, color) (rate(${envoyMetrics.answers}{color=~"blue|green", envoy_response_code_class="5"}[5m]))`;
/** Envoy measures in milliseconds. */
const quantile = (share: number) =>
  `histogram_quantile(${share}, sum by (namespace, color, le) (rate(${envoyMetrics.times}_bucket{color=~"blue|green"}[5m]))) / 1000`;

/** Figures per tenant (by its namespace) and color, under names of their own. Seconds, requests a second, shares of one. */
const traffic: RuleGroup = {
  name: "teal-traffic",
  interval: "15s",
  rules: [
    { record: "teal:requests:rate5m", expr: byColor },
    { record: "teal:errors:rate5m", expr: `${failed} or 0 * ${byColor}` },
    { record: "teal:error_ratio:rate5m", expr: "teal:errors:rate5m / (teal:requests:rate5m > 0)" },
    { record: "teal:latency_p95_seconds:rate5m", expr: quantile(0.95) },
    { record: "teal:latency_p99_seconds:rate5m", expr: quantile(0.99) },
  ],
};

const tenants: RuleGroup = {
  name: "teal-tenants",
  rules: [
    {
      alert: "TenantFails",
      // A failed request in a handful says nothing yet.
      expr: "teal:error_ratio:rate5m > 0.05 and teal:requests:rate5m > 0.1",
      for: "5m",
      labels: page,
      annotations: said(
        "{{ $labels.namespace }} answers with errors",
        "{{ $value | humanizePercentage }} of the requests to its {{ $labels.color }} copy failed over 5 minutes. A rollout under way goes back by itself; otherwise roll back: POST …/tenants/{id}/rollback.",
      ),
    },
    {
      alert: "TenantSlow",
      expr: "teal:latency_p95_seconds:rate5m > 2 and teal:requests:rate5m > 0.1",
      for: "10m",
      labels: ticket,
      annotations: said(
        "{{ $labels.namespace }} is slow",
        "One request in 20 to its {{ $labels.color }} copy takes over {{ $value | humanizeDuration }}.",
      ),
    },
    {
      alert: "TenantHasNoPods",
      expr: 'kube_deployment_status_replicas_available{deployment=~"(blue|green)-web"} == 0 and kube_deployment_spec_replicas{deployment=~"(blue|green)-web"} > 0',
      for: "5m",
      labels: page,
      annotations: said(
        "{{ $labels.namespace }} has no pod of {{ $labels.deployment }} that is ready",
        "kubectl -n {{ $labels.namespace }} describe pods says why.",
      ),
    },
    {
      alert: "TenantRestarts",
      expr: 'sum by (namespace, container) (increase(kube_pod_container_status_restarts_total{container=~"web|background", namespace=~"[a-z0-9]+-.+"}[15m])) > 3',
      labels: ticket,
      annotations: said(
        "Pods of {{ $labels.namespace }} end again and again",
        "{{ $value | humanize }} restarts of {{ $labels.container }} in 15 minutes.",
      ),
    },
    {
      alert: "TenantAtItsQuota",
      expr: 'kube_resourcequota{type="used", resourcequota="quota", resource="pods"} / ignoring (type) (kube_resourcequota{type="hard", resourcequota="quota", resource="pods"} > 0) >= 1',
      for: "15m",
      labels: ticket,
      annotations: said(
        "{{ $labels.namespace }} has as many pods as its tier allows",
        "Another rollout would have no room: change its tier, or scale it down.",
      ),
    },
  ],
};

const edge: RuleGroup = {
  name: "teal-gateway",
  rules: [
    {
      alert: "GatewayAway",
      expr: `absent(up{job="${namespaces.gateway}/proxies"} == 1)`,
      for: "2m",
      labels: page,
      annotations: said(
        "No proxy of the Gateway gives figures",
        "If none runs, nobody is served: kubectl -n teal-gateway get pods.",
      ),
    },
    {
      alert: "GatewayAtItsMost",
      expr: `kube_horizontalpodautoscaler_status_current_replicas{namespace="${namespaces.gateway}"} >= kube_horizontalpodautoscaler_spec_max_replicas{namespace="${namespaces.gateway}"}`,
      for: "15m",
      labels: ticket,
      annotations: said("The Gateway has as many proxies as it may", "Raise edge.gateway.max before requests wait."),
    },
  ],
};

export const ruleGroups: RuleGroup[] = [traffic, tenants, ...tealRules, edge];

/** Where a load balancer splits, there are no proxies to ask: neither rules about them, nor any that go by their figures. */
export function ruleGroupsFor(config: Pick<PlatformConfig, "edge">): RuleGroup[] {
  if (!splitsByAlb(config)) return ruleGroups;
  const without = { ...tenants, rules: tenants.rules.filter(({ expr }) => !expr.includes("teal:")) };
  return [without, ...tealRules];
}

/** The rules as the Prometheus operator takes them. */
export function prometheusRule(config: Pick<PlatformConfig, "edge">) {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "teal", namespace: namespaces.monitoring, labels: { "app.kubernetes.io/managed-by": "pulumi" } },
    spec: { groups: ruleGroupsFor(config) },
  };
}
