import { alertLimits, type Severity } from "../../model/alert.ts";
import type { AlertmanagerAlert } from "../../model/alertmanager.ts";
import type { Color } from "../../model/color.ts";
import { tenantId } from "../../model/tenant.ts";

/** One alert as Alertmanager told it, in Teal's words. */
export interface ToldAlert {
  fingerprint: string;
  name: string;
  severity: Severity;
  environment: string | null;
  /** As its labels say: whether there is such a tenant, the ledger knows. */
  tenant: string | null;
  color: Color | null;
  summary: string;
  description: string | null;
  runbook: string | null;
  generator: string | null;
  labels: Record<string, string>;
  startsAt: Date;
  /** Null: it fires. */
  endedAt: Date | null;
  /** When it counts as over unless it is told again. */
  expiresAt: Date;
}

/** The alert that always fires: what is silent while it comes is silent because all is well. */
export const watchdog = "Watchdog";

/** What Alertmanager told of an alert; `environments` are those that are declared. */
export function toldAlert(alert: AlertmanagerAlert, environments: readonly string[], now: Date): ToldAlert {
  const { labels, annotations, status, fingerprint } = alert;
  const name = cut(labels["alertname"] || "unnamed", 200);
  const startsAt = new Date(alert.startsAt);
  const endsAt = alert.endsAt === undefined ? null : new Date(alert.endsAt);
  const description = annotations["description"] ?? annotations["message"];
  return {
    fingerprint,
    name,
    severity: severityOf(labels["severity"]),
    ...placeOf(labels, environments),
    color: colorOf(labels),
    summary: cut(annotations["summary"] || annotations["message"] || name, alertLimits.summary),
    description: description === undefined ? null : cut(description, alertLimits.description),
    runbook: page(annotations["runbook_url"]),
    generator: page(alert.generatorURL),
    labels: bounded(labels),
    startsAt,
    endedAt: status === "resolved" ? earlier(endsAt !== null && endsAt >= startsAt ? endsAt : now, now) : null,
    expiresAt:
      status === "firing" && endsAt !== null && endsAt > now ? endsAt : inMinutes(now, alertLimits.renewMinutes),
  };
}

/** Teal's own rules say page and ticket; those of kube-prometheus-stack critical, warning, info and none. */
function severityOf(label: string | undefined): Severity {
  if (label === "page" || label === "critical" || label === "error") return "critical";
  return label === "info" || label === "none" ? "info" : "warning";
}

/**
 * What it is about: by the labels `environment` and `tenant`, else by a tenant's namespace, `<environment>-<tenant>`. Names of
 * environments have no hyphen.
 */
function placeOf(
  { environment, tenant, namespace }: Record<string, string>,
  environments: readonly string[],
): Pick<ToldAlert, "environment" | "tenant"> {
  if (environment !== undefined && environments.includes(environment)) return { environment, tenant: tenantIn(tenant) };
  const [, first, rest] = /^([a-z0-9]+)-(.+)$/.exec(namespace ?? "") ?? [];
  if (first === undefined || !environments.includes(first)) return { environment: null, tenant: null };
  return { environment: first, tenant: tenantIn(rest) };
}

function tenantIn(text: string | undefined): string | null {
  return tenantId.safeParse(text).data ?? null;
}

function colorOf({ color, deployment }: Record<string, string>): Color | null {
  const found = color ?? /^(blue|green)-(web|background)$/.exec(deployment ?? "")?.[1];
  return found === "blue" || found === "green" ? found : null;
}

/** What the console may make a link of; anything else is of no use there. */
function page(text: string | undefined): string | null {
  if (text === undefined || text.length > 2000 || !URL.canParse(text)) return null;
  const { protocol, username, password } = new URL(text);
  return ["http:", "https:"].includes(protocol) && username === "" && password === "" ? text : null;
}

function bounded(labels: Record<string, string>): Record<string, string> {
  const kept = Object.entries(labels).slice(0, alertLimits.labels);
  return Object.fromEntries(kept.map(([name, value]) => [cut(name, alertLimits.label), cut(value, alertLimits.label)]));
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).toWellFormed()}…` : text;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function inMinutes(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * 60_000);
}
