import type { AttentionAction, AttentionItem } from "../../../model/console/attention.ts";
import { offeredActions } from "../../../model/machine/actions.ts";
import type { Operation } from "../../../model/operation.ts";
import type { CountedEnvironment } from "../../ledger/environments/read.ts";
import { tenantKey } from "../../ledger/operations/read.ts";
import type { DrillConcern } from "../../ledger/drills/concerns.ts";
import type { Concern } from "../../ledger/overview/attention.ts";
import type { AlertRow, Attention, CertificateConcernRow } from "../../ledger/schema.ts";
import { alertView } from "../alerts/view.ts";
import { operationView } from "../views.ts";

/** What was read of the things that a page of concerns is about. */
export interface Known {
  /** By id. */
  operations: ReadonlyMap<string, Operation>;
  /** Ids, by `tenantKey`. */
  underWay: ReadonlyMap<string, string>;
  /** By `tenantKey`. */
  attention: ReadonlyMap<string, Attention>;
  /** By id. */
  alerts: ReadonlyMap<string, AlertRow>;
  /** By `tenantKey`; those of an environment by its name and no tenant. */
  certificates: ReadonlyMap<string, CertificateConcernRow>;
  /** By `tenantKey`. */
  drills: ReadonlyMap<string, DrillConcern>;
  /** By name. */
  environments: ReadonlyMap<string, CountedEnvironment>;
}

type Common = Pick<AttentionItem, "concern" | "environment" | "tenant" | "since" | "deadline">;

/** A concern with all that one needs to decide on it; null where it is over by now. */
export function itemOf(
  { since, deadline, operation, alert, minor: _, ...concern }: Concern,
  known: Known,
): AttentionItem | null {
  const common = {
    ...concern,
    since: since.toISOString(),
    deadline: deadline && deadline.toISOString(),
  };
  if (operation !== null) return ofOperation(common, known.operations.get(operation), known);
  if (alert !== null) return ofAlert(common, known.alerts.get(alert));
  if (concern.concern === "certificate") return ofCertificates(common, known);
  if (concern.concern === "drill") return ofDrills(common, concern.tenant!, known);
  const { environment, tenant } = concern;
  if (environment === null) return null;
  return tenant !== null
    ? ofTenant(common, { environment, tenant }, known)
    : ofEnvironment(common, known.environments.get(environment));
}

/** Nothing can be done about it here: who silences alerts is Alertmanager. */
function ofAlert(common: Common, row: AlertRow | undefined): AttentionItem | null {
  if (!row || row.ended_at !== null) return null;
  const alert = alertView(row);
  const { id, name, summary, description } = alert;
  const evidence = description === null ? [] : [{ source: "metric" as const, text: description }];
  return {
    ...common,
    id: `alert:${id}`,
    cause: "platform",
    code: name,
    message: summary,
    evidence,
    actions: [],
    alert,
  };
}

function ofOperation(common: Common, operation: Operation | undefined, { underWay }: Known): AttentionItem | null {
  if (!operation) return null;
  const { id, environment, tenant, kind, outcome, endedAt } = operation;
  const since = underWay.get(tenantKey(environment, tenant));
  return {
    ...common,
    id: `operation:${id}`,
    cause: outcome?.cause ?? "person",
    code: outcome?.code ?? common.concern,
    message: outcome?.message ?? `The ${kind} is ${operation.phase}.`,
    evidence: outcome?.evidence ?? [],
    actions: endedAt ? [acknowledging(id)] : allowed(operation),
    operation: operationView(operation),
    ...(endedAt && since !== undefined && { underWay: since }),
  };
}

function allowed(operation: Operation): AttentionAction[] {
  const plan = operation.memory.approval?.shown?.plan;
  return offeredActions(operation)
    .filter((action) => action.allowed)
    .map(({ name, effect }) => ({
      name,
      effect,
      method: "POST",
      path: `/v1/operations/${operation.id}/${name}`,
      ...(name === "approve" && plan !== undefined && { plan }),
    }));
}

function acknowledging(id: string): AttentionAction {
  const effect = "Takes it off this list; nothing else changes. A newer operation that succeeds does so, too.";
  return { name: "acknowledge", effect, method: "POST", path: `/v1/operations/${id}/acknowledge` };
}

function ofTenant(
  common: Common,
  { environment, tenant }: { environment: string; tenant: string },
  { attention }: Known,
): AttentionItem | null {
  const found = attention.get(tenantKey(environment, tenant));
  if (!found) return null;
  const effect = "Shows what differs, with the plan that keeping and repairing it take.";
  const path = `/v1/environments/${environment}/tenants/${tenant}/drift`;
  return {
    ...common,
    id: `tenant:${environment}.${tenant}`,
    cause: "person",
    code: found.code,
    message: found.message,
    evidence: [],
    actions: [{ name: "drift", effect, method: "GET", path }],
  };
}

function ofCertificates(common: Common, { certificates }: Known): AttentionItem | null {
  const { environment, tenant } = common;
  if (environment === null) return null;
  const found = certificates.get(tenantKey(environment, tenant ?? ""));
  if (!found) return null;
  const place = tenant === null ? environment : `${environment}/tenants/${tenant}`;
  const effect = "Shows each host name with its certificate, and the record that its owner has to set.";
  return {
    ...common,
    id: `certificate:${environment}.${tenant ?? ""}`,
    // Records are their owners' to set; the rest is for whoever runs Teal.
    cause: found.code === "certificate_record" ? "person" : "platform",
    code: found.code,
    message: found.message,
    evidence: [],
    actions: [{ name: "certificates", effect, method: "GET", path: `/v1/environments/${place}/certificates` }],
  };
}

function ofDrills(common: Common, tenant: string, { drills }: Known): AttentionItem | null {
  const { environment } = common;
  if (environment === null) return null;
  const found = drills.get(tenantKey(environment, tenant));
  if (!found) return null;
  const effect = "Restores the newest backup for a try once more; one that passes takes this off the list.";
  const path = `/v1/environments/${environment}/tenants/${tenant}/drills`;
  return {
    ...common,
    id: `drill:${environment}.${tenant}`,
    cause: "platform",
    code: found.code,
    message: found.message,
    evidence: [],
    actions: [{ name: "drill", effect, method: "POST", path }],
  };
}

function ofEnvironment(common: Common, row: CountedEnvironment | undefined): AttentionItem | null {
  if (!row) return null;
  const { concern } = common;
  const { name: environment } = row;
  const id = `environment:${environment}.${concern}`;
  return concern === "stopped" ? stopped({ ...common, id }, row) : unknownStacks({ ...common, id }, row);
}

function stopped(common: Common & { id: string }, row: CountedEnvironment): AttentionItem | null {
  const { name, stopped_at: at, stopped_by: by, stopped_reason: reason } = row;
  if (!at) return null;
  const effect = "Lets operations begin and go on.";
  return {
    ...common,
    cause: "person",
    code: "environment_stopped",
    message: `Nothing starts and all weights are held: ${by} stopped the environment.`,
    evidence: [{ source: "person", text: reason ?? "" }],
    actions: [{ name: "resume", effect, method: "POST", path: `/v1/environments/${name}/resume` }],
  };
}

/** Of more stacks the environment itself tells. */
const shownStacks = 20;

function unknownStacks(common: Common & { id: string }, { name, unknown_stacks: ids }: CountedEnvironment) {
  if (ids.length === 0) return null;
  const evidence = ids.slice(0, shownStacks).map((id) => ({ source: "pulumi" as const, text: `${name}.${id}` }));
  const message = `${ids.length} ${ids.length === 1 ? "stack belongs" : "stacks belong"} to no tenant that the ledger knows, as after it was restored from an old backup.`;
  return { ...common, cause: "platform" as const, code: "unknown_stacks", message, evidence, actions: [] };
}
