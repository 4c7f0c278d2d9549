import { namespaces } from "../names.ts";
import type { Dashboard } from "./dashboard.ts";

/** All tenants at once: where traffic moves between colors, and whose new color does worse than the old. */
export const rollouts: Dashboard = {
  uid: "teal-rollouts",
  title: "Teal / Rollouts",
  variables: {},
  panels: [
    {
      title: "Operations that have not ended",
      unit: "short",
      queries: {
        "{{environment}} {{state}}":
          "sum by (environment, state) (max by (environment, kind, state) (teal_operations_unfinished))",
      },
    },
    {
      title: "How operations end, an hour",
      unit: "short",
      queries: {
        "{{environment}} {{kind}} {{outcome}}":
          "sum by (environment, kind, outcome) (increase(teal_operations_total[1h])) > 0",
      },
    },
    {
      title: "The longest wait for a person",
      unit: "s",
      queries: {
        "{{environment}} {{state}}":
          'max by (environment, state) (teal_operations_oldest_seconds{state=~"approval|paused|halted"})',
      },
    },
    {
      title: "Time in a phase of a rollout, p90",
      unit: "s",
      queries: {
        "{{phase}}":
          'histogram_quantile(0.9, sum by (phase, le) (rate(teal_operation_phase_duration_seconds_bucket{kind="rollout"}[1h])))',
      },
    },
    {
      title: "Rollouts from start to end, p90",
      unit: "s",
      queries: {
        "{{outcome}}":
          'histogram_quantile(0.9, sum by (outcome, le) (rate(teal_operation_duration_seconds_bucket{kind="rollout"}[6h])))',
      },
    },
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

export const itself: Dashboard = {
  uid: "teal-itself",
  title: "Teal / Itself",
  variables: {},
  panels: [
    {
      title: "Version",
      unit: "short",
      queries: { "{{version}} {{role}}": "count by (version, role) (teal_info)" },
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
    { title: "Operations that wait for a worker", unit: "short", queries: { waiting: "max(teal_queue_depth)" } },
    { title: "The longest wait for a worker", unit: "s", queries: { oldest: "max(teal_queue_oldest_seconds)" } },
    { title: "Workers", unit: "short", queries: { "{{state}}": "max by (state) (teal_workers)" } },
    {
      title: "Operations taken over from silent workers, an hour",
      unit: "short",
      queries: { "{{pod}}": "increase(teal_lease_takeovers_total[1h])" },
    },
    {
      title: "Stack operations, p95",
      unit: "s",
      queries: {
        "{{task}}":
          "histogram_quantile(0.95, sum by (task, le) (rate(teal_stack_operation_duration_seconds_bucket[15m])))",
      },
    },
    {
      title: "Stack operations that fail",
      unit: "percentunit",
      queries: {
        "{{task}}":
          'sum by (task) (rate(teal_stack_operation_duration_seconds_count{outcome="failed"}[15m])) / sum by (task) (rate(teal_stack_operation_duration_seconds_count[15m]))',
      },
    },
    {
      title: "Webhook calls, an hour",
      unit: "short",
      queries: {
        "{{environment}} {{outcome}}": "sum by (environment, outcome) (increase(teal_webhook_deliveries_total[1h]))",
      },
    },
    {
      title: "Notices still to be told",
      unit: "short",
      queries: { due: "max(teal_notices_due)" },
      description: "The oldest, in seconds: teal_notices_oldest_seconds",
    },
    { title: "Alerts that fire", unit: "short", queries: { "{{severity}}": "max by (severity) (teal_alerts_firing)" } },
    { title: "The database answers", unit: "short", queries: { up: "max(teal_ledger_up)" } },
    { title: "Event loop, p99", unit: "s", queries: { "{{pod}}": `nodejs_eventloop_lag_p99_seconds{${ours}}` } },
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
