import { namespaces } from "../names.ts";

interface Panel {
  title: string;
  unit: string;
  /** PromQL by legend. */
  queries: Record<string, string>;
  description?: string;
}
interface Dashboard {
  uid: string;
  title: string;
  /** Variables that are chosen above, by the query that lists their values. */
  variables: Record<string, string>;
  panels: Panel[];
}

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

/** All tenants at once: where traffic moves between colors, and whose new color does worse than the old. */
const rollouts: Dashboard = {
  uid: "teal-rollouts",
  title: "Teal / Rollouts",
  variables: {},
  panels: [
    {
      title: "Tenants with traffic on both colors",
      unit: "short",
      queries: { tenants: "count(count by (namespace) (teal:requests:rate5m > 0) == 2) or vector(0)" },
    },
    {
      title: "Share of traffic on green",
      unit: "percentunit",
      queries: {
        "{{namespace}}":
          'teal:requests:rate5m{color="green"} / ignoring (color) sum by (namespace) (teal:requests:rate5m) and on (namespace) (count by (namespace) (teal:requests:rate5m > 0) == 2)',
      },
    },
    {
      title: "Errors, worst ten",
      unit: "percentunit",
      queries: { "{{namespace}} {{color}}": "topk(10, teal:error_ratio:rate5m)" },
    },
    {
      title: "Latency p95, worst ten",
      unit: "s",
      queries: { "{{namespace}} {{color}}": "topk(10, teal:latency_p95_seconds:rate5m)" },
    },
    {
      title: "Slots that are not ready",
      unit: "short",
      queries: {
        "{{namespace}} {{deployment}}":
          '(kube_deployment_spec_replicas{deployment=~"(blue|green)-web"} - kube_deployment_status_replicas_available{deployment=~"(blue|green)-web"}) > 0',
      },
    },
  ],
};

const rate = (rest: string) => `rate(teal_http_request_duration_seconds_count{${rest}}[5m])`;
const ours = `namespace="${namespaces.teal}"`;

const itself: Dashboard = {
  uid: "teal-itself",
  title: "Teal / Itself",
  variables: {},
  panels: [
    {
      title: "Version",
      unit: "short",
      queries: { "{{version}} ({{target}})": "count by (version, target) (teal_info)" },
    },
    { title: "Requests", unit: "reqps", queries: { "{{method}} {{route}}": `sum by (method, route) (${rate("")})` } },
    { title: "Answers by status", unit: "reqps", queries: { "{{status}}": `sum by (status) (${rate("")})` } },
    {
      title: "Latency p95",
      unit: "s",
      queries: {
        "{{route}}":
          "histogram_quantile(0.95, sum by (route, le) (rate(teal_http_request_duration_seconds_bucket[5m])))",
      },
    },
    { title: "Event loop, p99", unit: "s", queries: { "{{pod}}": "nodejs_eventloop_lag_p99_seconds" } },
    {
      title: "Memory",
      unit: "bytes",
      queries: { "{{pod}}": `container_memory_working_set_bytes{${ours}, container="teal"}` },
    },
    {
      title: "CPU",
      unit: "short",
      queries: { "{{pod}}": `rate(container_cpu_usage_seconds_total{${ours}, container="teal"}[5m])` },
    },
    {
      title: "Pods",
      unit: "short",
      queries: { "{{deployment}}": `kube_deployment_status_replicas_available{${ours}}` },
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
