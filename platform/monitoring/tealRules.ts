import { namespaces } from "../names.ts";
import { page, said, ticket, type RuleGroup } from "./rule.ts";

const itself: RuleGroup = {
  name: "teal-itself",
  rules: [
    {
      alert: "TealAway",
      expr: 'absent(teal_info{role!="worker"})',
      for: "5m",
      labels: page,
      annotations: said(
        "No server of Teal's gives figures",
        "Tenants go on being served. docs/when-teal-is-down.md says how to move traffic by hand.",
      ),
    },
    {
      alert: "TealFails",
      expr: 'sum(rate(teal_http_request_duration_seconds_count{status=~"5.."}[5m])) / sum(rate(teal_http_request_duration_seconds_count[5m])) > 0.05',
      for: "10m",
      labels: ticket,
      annotations: said(
        "Teal's API answers with errors",
        "{{ $value | humanizePercentage }} of its answers over 5 minutes were 5xx. Its log has each by its request id.",
      ),
    },
    {
      alert: "TealSlow",
      expr: "histogram_quantile(0.95, sum by (le) (rate(teal_http_request_duration_seconds_bucket[5m]))) > 2",
      for: "10m",
      labels: ticket,
      annotations: said(
        "Teal's API is slow",
        "One answer in 20 takes over {{ $value | humanizeDuration }}: see the database's load.",
      ),
    },
    {
      alert: "TealStalls",
      expr: `nodejs_eventloop_lag_p99_seconds{namespace="${namespaces.teal}"} > 0.5`,
      for: "10m",
      labels: ticket,
      annotations: said(
        "{{ $labels.pod }} has more to do than it can",
        "Its event loop waits {{ $value | humanizeDuration }}: raise controlPlane.server.max or worker.max.",
      ),
    },
  ],
};

/** What people do not notice by themselves of operations; each server shows the same, so that the highest is taken. */
const operations: RuleGroup = {
  name: "teal-operations",
  rules: [
    {
      alert: "OperationHalted",
      expr: 'max by (environment, kind) (teal_operations_unfinished{state="halted"}) > 0',
      for: "5m",
      labels: page,
      annotations: said(
        "A {{ $labels.kind }} in {{ $labels.environment }} has halted",
        "{{ $value }} of them: there is no safe way back, and a person decides. Needs you has them, with what can be done.",
      ),
    },
    {
      alert: "OperationWaitsForPerson",
      expr: `max by (environment, state) (teal_operations_oldest_seconds{state=~"approval|paused"}) > ${4 * 3600}`,
      labels: ticket,
      annotations: said(
        "An operation in {{ $labels.environment }} waits for a person ({{ $labels.state }})",
        "For {{ $value | humanizeDuration }}. An approval that nobody gives ends by going back; what is paused stays so.",
      ),
    },
    {
      alert: "OperationsFail",
      expr: 'sum by (environment, kind) (increase(teal_operations_total{outcome="failed"}[1h])) > 2.5',
      labels: ticket,
      annotations: said(
        "Operations in {{ $labels.environment }} fail ({{ $labels.kind }})",
        "{{ $value | humanize }} in an hour. Needs you says why each did.",
      ),
    },
    {
      alert: "RolloutsGoBack",
      expr: 'sum by (environment) (increase(teal_operations_total{kind="rollout", outcome="rolled-back"}[1h])) > 2.5',
      labels: ticket,
      annotations: said(
        "Rollouts in {{ $labels.environment }} go back",
        "{{ $value | humanize }} in an hour. If it is one release, withdraw it: POST …/releases/{version}/withdraw.",
      ),
    },
    {
      alert: "StackOperationsFail",
      expr: 'sum by (task) (increase(teal_stack_operation_duration_seconds_count{outcome="failed"}[30m])) / sum by (task) (increase(teal_stack_operation_duration_seconds_count[30m])) > 0.2 and sum by (task) (increase(teal_stack_operation_duration_seconds_count[30m])) > 5',
      for: "10m",
      labels: ticket,
      annotations: said(
        "Pulumi fails in Teal's hands ({{ $labels.task }})",
        "{{ $value | humanizePercentage }} of its stack operations in 30 minutes. GET /v1/operations/{id}/output has what it printed.",
      ),
    },
  ],
};

const workers: RuleGroup = {
  name: "teal-workers",
  rules: [
    {
      alert: "TealHasNoWorker",
      expr: 'max(teal_workers{state="alive"}) == 0',
      for: "3m",
      labels: page,
      annotations: said(
        "No worker of Teal's runs",
        "Operations wait; what is under way goes on as soon as there is one. kubectl -n teal-system get pods.",
      ),
    },
    {
      alert: "TealQueueWaits",
      expr: "max(teal_queue_oldest_seconds) > 300",
      for: "5m",
      labels: page,
      annotations: said(
        "Operations wait for a worker",
        "One for {{ $value | humanizeDuration }}: workers are too few, or hang. Raise controlPlane.worker.max, or see their logs.",
      ),
    },
    {
      alert: "TealTakesOver",
      expr: "sum(increase(teal_lease_takeovers_total[30m])) > 5",
      labels: ticket,
      annotations: said(
        "Workers of Teal's fall silent",
        "{{ $value | humanize }} operations were taken over from another worker in 30 minutes: are pods killed for memory, or stalled?",
      ),
    },
    {
      alert: "TealLedgerAway",
      expr: "max(teal_ledger_up) == 0",
      for: "2m",
      labels: page,
      annotations: said(
        "Teal's database does not answer",
        "Nothing is lost and tenants go on being served; releases wait. See the database, and GET /v1/status.",
      ),
    },
    {
      alert: "WebhookFails",
      expr: 'sum by (environment) (increase(teal_webhook_deliveries_total{outcome="failed"}[30m])) > 5 and sum by (environment) (increase(teal_webhook_deliveries_total{outcome="delivered"}[30m])) == 0',
      labels: ticket,
      annotations: said(
        "The webhook of {{ $labels.environment }} is not told",
        "{{ $value | humanize }} calls failed in 30 minutes and none was delivered. POST …/webhook/test says why.",
      ),
    },
  ],
};

/** Of Teal itself, and of what it does. */
export const tealRules: RuleGroup[] = [operations, itself, workers];
