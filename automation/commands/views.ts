import { adoptedDataShown } from "../../model/adoptedData.ts";
import type { Color } from "../../model/color.ts";
import { approvalEnds } from "../../model/machine/next.ts";
import { offeredActions } from "../../model/machine/actions.ts";
import { leftBehind } from "../../model/leftBehind.ts";
import type { Operation, Phase } from "../../model/operation.ts";
import { outageOf } from "../../model/outage.ts";
import type {
  EnvironmentView,
  EventView,
  FreezeView,
  OperationView,
  ReleaseView,
  SlotView,
  TenantView,
} from "../../model/views.ts";
import type { CountedEnvironment } from "../ledger/environments/read.ts";
import { operationOf } from "../ledger/operations/operationOf.ts";
import type { EventRow, FreezeRow, ReleaseRow } from "../ledger/schema.ts";
import type { FullTenant } from "../ledger/tenants/read.ts";
import { clusterViews } from "./backups/clusterViews.ts";

/** What the API shows of the ledger's rows. */

export function environmentView(row: CountedEnvironment): EnvironmentView {
  const {
    name,
    tenants,
    releases,
    unknown_stacks: unknownStacks,
    stopped_at: at,
    stopped_by: by,
    stopped_reason: reason,
    observed_at: observedAt,
  } = row;
  const stopped = at && { at: at.toISOString(), by: by ?? "", reason: reason ?? "" };
  const observed = observedAt && {
    at: observedAt.toISOString(),
    by: row.observed_by ?? "",
    reason: row.observed_reason ?? "",
  };
  const mode = observed ? "observe" : "manage";
  return {
    name,
    mode,
    tenants,
    releases,
    ...(stopped && { stopped }),
    ...(observed && { observed }),
    ...(unknownStacks.length > 0 && { unknownStacks }),
  };
}

export function releaseView(row: ReleaseRow): ReleaseView {
  const { environment, spec, provenance, withdrawn_at: at, withdrawn_by: by, withdrawn_reason: reason } = row;
  const withdrawn = at && { at: at.toISOString(), by: by ?? "", reason: reason ?? "" };
  return {
    ...spec,
    ...(provenance && { provenance }),
    environment,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    ...(withdrawn && { withdrawn }),
    ...promotionOf(row),
  };
}

function promotionOf(row: ReleaseRow): Pick<ReleaseView, "promotedFrom"> {
  const { promoted_from: environment, promoted_at: at, promoted_by: by, promoted_reason: reason } = row;
  if (environment === null || at === null) return {};
  return { promotedFrom: { environment, at: at.toISOString(), by: by ?? "", reason: reason ?? "" } };
}

export function freezeView(row: FreezeRow): FreezeView {
  const { id, environment, reason, created_by: by, lifted_at: liftedAt, lifted_by, lifted_reason } = row;
  const lifted = liftedAt && {
    at: liftedAt.toISOString(),
    by: lifted_by ?? "",
    ...(lifted_reason !== null && { reason: lifted_reason }),
  };
  const [from, to, createdAt] = [row.starts_at, row.ends_at, row.created_at].map((time) => time.toISOString());
  return { id, environment, from: from!, to: to!, reason, by, createdAt: createdAt!, ...(lifted && { lifted }) };
}

export function operationView(operation: Operation): OperationView {
  const { id, kind, environment, tenant, state, phase, actor, reason, outcome, move } = operation;
  const step = stepOf(operation);
  return {
    id,
    kind,
    environment,
    tenant,
    state,
    phase,
    actor,
    ...(reason !== null && { reason }),
    ...(move?.content && { release: move.content.release }),
    ...(step && { step }),
    ...(outcome && { outcome }),
    ...dataView(operation),
    ...(move?.override && { override: { by: actor, reason: move.override.reason } }),
    ...approvalOf(operation),
    actions: offeredActions(operation),
    ...(operation.acknowledged && {
      acknowledged: { ...operation.acknowledged, at: operation.acknowledged.at.toISOString() },
    }),
    createdAt: operation.createdAt.toISOString(),
    ...(operation.startedAt && { startedAt: operation.startedAt.toISOString() }),
    ...(operation.endedAt && { endedAt: operation.endedAt.toISOString() }),
  };
}

function dataView({ memory, move, phase, endedAt }: Operation): Partial<OperationView> {
  const { outage, offboarding } = memory;
  const leaves = leftBehind({ memory, move, phase });
  return {
    ...(move && move.steps.length > 0 && move.way !== "restore" && { strategy: move.way ?? "blue-green" }),
    ...(outage && { outage: { ...outage, ...outageOf(outage, move, endedAt ?? new Date()) } }),
    ...(offboarding && { grace: graceOf(offboarding) }),
    ...(move?.from !== undefined && { backup: move.from }),
    ...(move?.pointInTime && { pointInTime: move.pointInTime }),
    ...(move?.letsGo && { letsGo: move.letsGo }),
    ...(leaves.length > 0 && { leaves }),
  };
}

function graceOf({ graceSeconds, retainDays, until }: NonNullable<Operation["memory"]["offboarding"]>) {
  return { seconds: graceSeconds, ...(until !== undefined && { until }), retainDays };
}

/** The traffic step under way, counted from 0; also while it is interrupted. */
function stepOf({ phase, move, memory }: Operation): OperationView["step"] {
  return stepShown(memory.resume ?? phase, memory.step, move?.steps ?? []);
}

export function stepShown(at: Phase, index: number, steps: readonly number[]): OperationView["step"] {
  const percent = steps[index];
  if ((at !== "shifting" && at !== "baking") || percent === undefined) return undefined;
  return { index, of: steps.length, percent };
}

function approvalOf({ phase, move, memory }: Operation): Pick<OperationView, "approval"> {
  const { approval } = memory;
  if (phase !== "awaiting-approval" || !move || !approval) return {};
  const { gate, shown } = approval;
  const expiresAt = approvalEnds(memory, move).toISOString();
  return { approval: { gate, expiresAt, steps: shown?.steps ?? [], ...(shown && { plan: shown.plan }) } };
}

export function tenantView(tenant: FullTenant, urlOf: (environment: string, id: string) => string): TenantView {
  const { environment, id, layout, settings, under_way: underWay } = tenant;
  return {
    id,
    environment,
    ...settings,
    live: layout?.live ?? null,
    release: layout?.slots[layout.live]?.release ?? null,
    weights: layout?.weights ?? { blue: 100, green: 0 },
    replicas: layout?.replicas ?? null,
    suspended: layout?.suspended !== undefined,
    maintenance: layout?.maintenance === true,
    volume: layout?.volume ?? null,
    schema: layout?.schema ?? null,
    slots: { blue: slotView(tenant, "blue"), green: slotView(tenant, "green") },
    ...(tenant.adopted_data && { adoptedData: adoptedDataShown(tenant.adopted_data) }),
    ...(layout?.adopted && { adopted: layout.adopted }),
    secretNames: tenant.secret_names,
    revision: tenant.revision,
    ...(underWay && { operation: operationView(operationOf(underWay)) }),
    ...(tenant.clusters && { clusters: clusterViews(tenant, tenant.clusters) }),
    stack: `organization/tenant/${environment}.${id}`,
    namespace: `${environment}-${id}`,
    url: urlOf(environment, id),
    ...(tenant.attention && { attention: tenant.attention }),
    createdAt: tenant.created_at.toISOString(),
  };
}

function slotView({ layout, readiness, images }: FullTenant, color: Color): SlotView | null {
  const slot = layout?.slots[color];
  if (!slot) return null;
  const seen = readiness[color];
  return {
    ...slot,
    image: images.get(slot.release) ?? "",
    ready: seen?.ready ?? false,
    ...(seen && { replicas: seen.replicas, readyReplicas: seen.readyReplicas }),
  };
}

export function eventView(row: EventRow): EventView {
  const { id, operation, environment, tenant, at, type, phase, message, data } = row;
  return { id, operation, environment, tenant, at: at.toISOString(), type, phase, message, data };
}
