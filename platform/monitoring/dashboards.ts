import { namespaces } from "../names.ts";
import type { Dashboard } from "./dashboard.ts";
import { itself, rollouts } from "./tealDashboards.ts";

const namespace = 'namespace="$namespace"';
const color = "{{color}}";

/** One tenant by color: traffic, errors, latency, saturation; a rollout is seen as one color taking over from the other. */
const tenant: Dashboard = {
  uid: "teal-tenant",
  title: "Teal / Tenant",
  variables: { namespace: "label_values(teal:requests:rate5m, namespace)" },
  panels: [
    { title: "Requests", unit: "reqps", queries: { [color]: `teal:requests:rate5m{${namespace}}` } },
    { title: "Errors (5xx)", unit: "percentunit", queries: { [color]: `teal:error_ratio:rate5m{${namespace}}` } },
    {
      title: "Latency",
      unit: "s",
      queries: {
        "{{color}} p95": `teal:latency_p95_seconds:rate5m{${namespace}}`,
        "{{color}} p99": `teal:latency_p99_seconds:rate5m{${namespace}}`,
      },
    },
    {
      title: "Requests under way",
      unit: "short",
      queries: { [color]: `sum by (color) (envoy_cluster_upstream_rq_active{${namespace}, color=~"blue|green"})` },
    },
    {
      title: "CPU, of its limit",
      unit: "percentunit",
      queries: {
        "{{pod}}": `sum by (pod) (rate(container_cpu_usage_seconds_total{${namespace}, container=~"web|background"}[5m])) / sum by (pod) (kube_pod_container_resource_limits{${namespace}, resource="cpu"})`,
      },
    },
    {
      title: "Memory, of its limit",
      unit: "percentunit",
      queries: {
        "{{pod}}": `sum by (pod) (container_memory_working_set_bytes{${namespace}, container=~"web|background"}) / sum by (pod) (kube_pod_container_resource_limits{${namespace}, resource="memory"})`,
      },
    },
    {
      title: "Pods, of its quota",
      unit: "percentunit",
      queries: {
        "{{resource}}": `kube_resourcequota{${namespace}, type="used"} / ignoring (type) (kube_resourcequota{${namespace}, type="hard"} > 0)`,
      },
    },
    {
      title: "Restarts",
      unit: "short",
      queries: { "{{pod}}": `increase(kube_pod_container_status_restarts_total{${namespace}}[15m])` },
    },
  ],
};

export const dashboards: Dashboard[] = [tenant, rollouts, itself];

/** A ConfigMap that Grafana's sidecar takes as a dashboard. */
export function dashboardConfigMap(dashboard: Dashboard) {
  return {
    metadata: {
      name: dashboard.uid,
      namespace: namespaces.monitoring,
      labels: { "app.kubernetes.io/managed-by": "pulumi", grafana_dashboard: "1" },
    },
    data: { [`${dashboard.uid}.json`]: JSON.stringify(grafana(dashboard)) },
  };
}

/** In Grafana's own form: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export function grafana({ uid, title, variables, panels }: Dashboard) {
  const datasource = { type: "prometheus", uid: "prometheus" };
  return {
    uid,
    title,
    tags: ["teal"],
    timezone: "utc",
    schemaVersion: 39,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    templating: {
      list: Object.entries(variables).map(([name, query]) => ({
        name,
        type: "query",
        query,
        datasource,
        refresh: 2,
        sort: 1,
      })),
    },
    panels: panels.map((panel, index) => ({
      id: index + 1,
      type: "timeseries",
      title: panel.title,
      datasource,
      gridPos: { x: (index % 2) * 12, y: Math.floor(index / 2) * 8, w: 12, h: 8 },
      fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
      options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi", sort: "desc" } },
      targets: Object.entries(panel.queries).map(([legendFormat, expr], at) => ({
        refId: String.fromCharCode(65 + at),
        expr,
        legendFormat,
        datasource,
      })),
    })),
  };
}

/** Every query of every dashboard, for those who check them. */
export function queriesOf(all: Dashboard[] = dashboards): string[] {
  return all.flatMap(({ panels }) => panels.flatMap(({ queries }) => Object.values(queries)));
}
