import type { AlertView } from "../../../model/alert.ts";
import type { AdoptionView } from "../../../model/console/adoption.ts";
import { concerns, type AttentionView } from "../../../model/console/attention.ts";
import type { CalendarView } from "../../../model/console/calendar.ts";
import type { FleetView, SkewView } from "../../../model/console/fleet.ts";
import type { OutputView } from "../../../model/console/output.ts";
import type { LogsView, PodsView } from "../../../model/console/pods.ts";
import type { StackView } from "../../../model/console/stack.ts";
import type { StatusView } from "../../../model/console/status.ts";
import type { TrafficView } from "../../../model/console/traffic.ts";
import { operation, operationId } from "./views.ts";

const time = "2026-01-01T00:00:00.000Z";
const later = "2026-01-02T00:00:00.000Z";

export const alert: AlertView = {
  id: "55555555-5555-4555-8555-555555555555",
  name: "TenantFails",
  severity: "critical",
  state: "firing",
  environment: "production",
  tenant: "acme",
  color: "green",
  summary: "production-acme answers with errors",
  description: "25% of the requests to its green copy failed over 5 minutes.",
  since: time,
  toldAt: later,
  endedAt: null,
  labels: { alertname: "TenantFails", namespace: "production-acme" },
  runbook: "https://runbooks.example.com/tenant-fails",
  generator: null,
};

export const attention: AttentionView = {
  items: [
    {
      id: `operation:${operationId}`,
      concern: "halted",
      environment: "production",
      tenant: "acme",
      since: time,
      deadline: null,
      cause: "person",
      code: "objects_changed",
      message: "Somebody has changed it.",
      evidence: [{ source: "pulumi", text: "Deployment blue-web" }],
      actions: [{ name: "resume", effect: "Goes on", method: "POST", path: `/v1/operations/${operationId}/resume` }],
      operation: operation({ phase: "halted" }),
    },
  ],
  counts: Object.fromEntries(concerns.map((one) => [one, one === "halted" ? 1 : 0])) as AttentionView["counts"],
};

export const status: StatusView = {
  at: time,
  ok: false,
  version: "0.0.0",
  target: "sandbox",
  engine: "embedded",
  startedAt: time,
  parts: [
    { name: "database", ok: true, since: time },
    { name: "gateway", ok: false, problem: "its metrics answer 500", since: later },
  ],
  workers: [{ name: "host:/data:1:2", version: "0.0.0", startedAt: time, seenAt: later, alive: true, operations: 1 }],
  alerts: { heard: time, firing: 1 },
  queue: { waiting: 1, oldest: time, held: 0, resting: 0, underWay: 1 },
};

export function fleet(environment: string, size: number): FleetView {
  const row = { name: "Acme", tier: "small", ring: 0, live: "blue", release: "1.0.0", ready: true } as const;
  const items = Array.from({ length: size }, (_, i) => ({ id: `acme-${i}`, ...row }));
  return { environment, newest: "1.0.0", url: `http://{id}.${environment}.localhost/`, total: size, items };
}

export function skew(environment: string): SkewView {
  const item = { release: "1.0.0", behind: 0, withdrawn: false, tenants: 1, rings: [{ ring: 0, tenants: 1 }] };
  return { environment, tenants: 1, items: [item], others: 0 };
}

export function traffic(environment: string, tenant: string): TrafficView {
  const point = { at: time, requestsPerSecond: 1.5, errorShare: 0, p50: 0.01, p95: 0.2 };
  const span = { from: time, to: later, stepSeconds: 10, since: time };
  return { environment, tenant, source: "gateway", ...span, series: { blue: [point], green: [] } };
}

export function pods(environment: string, tenant: string): PodsView {
  const container = { name: "app", image: "teal/app:1.0.0", ready: true, restarts: 0, state: "running" } as const;
  const place = { color: "blue", component: "web", role: "live", node: "node-1", createdAt: time } as const;
  const how = { phase: "Running", ready: true, terminating: false, restarts: 0, containers: [container] };
  const namespace = `${environment}-${tenant}`;
  return {
    environment,
    tenant,
    namespace,
    at: time,
    items: [{ name: "blue-web-1", ...place, ...how }],
    more: false,
    events: [],
  };
}

export function logs(environment: string, tenant: string): LogsView {
  const lines = [{ at: time, text: "listening" }];
  const item = {
    pod: "blue-web-1",
    color: "blue",
    container: "app",
    previous: false,
    lines,
    truncated: false,
  } as const;
  return { environment, tenant, at: time, items: [item], more: false };
}

export function stack(environment: string, tenant: string): StackView {
  const name = `organization/tenant/${environment}.${tenant}`;
  const urn = `urn:pulumi:${environment}.${tenant}::tenant::pulumi:pulumi:Stack::tenant-${environment}.${tenant}`;
  return {
    environment,
    tenant,
    name,
    backend: "file:///state",
    command: `pulumi stack --stack ${name}`,
    changedAt: time,
    resources: [{ urn, type: "pulumi:pulumi:Stack", name: "tenant", parent: null, state: "ok", protect: false }],
    more: false,
    outputs: [{ name: "token", secret: true, value: null }],
    updates: [
      {
        version: 1,
        kind: "update",
        result: "succeeded",
        startedAt: time,
        endedAt: time,
        message: "",
        changes: { create: 3 },
      },
    ],
  };
}

export function output(operation: string): OutputView {
  const run = { phase: "deploying", task: "up", failed: false, startedAt: time, endedAt: time } as const;
  return { operation, items: [{ ...run, text: "Updating (production.acme)", truncated: false }] };
}

export function adoption(environment: string, release: string): AdoptionView {
  const none = { count: 0, items: [] };
  const live = { count: 1, items: [{ tenant: "acme" }] };
  return {
    environment,
    release,
    tenants: 1,
    live,
    moving: none,
    held: { ...none, by: [] },
    failed: { ...none, by: [] },
    past: 0,
    rest: 0,
  };
}

export function calendar(environment: string): CalendarView {
  const window = { what: "window", from: time, to: later, timeZone: "UTC", tenants: 3 } as const;
  return { environment, from: time, to: later, items: [window], more: false, always: 0 };
}
