import { TealError } from "../../../model/errors.ts";
import { trafficOf, type Layout } from "../../../model/layout.ts";
import type { DriftView } from "../../../model/views.ts";
import type { TenantSpec } from "../../../tenant/spec.ts";
import { foundIn, otherLayouts } from "../../drift/expected.ts";
import { markKept } from "../../drift/kept.ts";
import { surpriseIn } from "../../drift/surprise.ts";
import { failedMoveOf } from "../../ledger/operations/lookOf.ts";
import { operationOf } from "../../ledger/operations/operationOf.ts";
import { textsOf } from "../../ledger/operations/tenantForWork.ts";
import { readTenant, type FullTenant } from "../../ledger/tenants/read.ts";
import { digestOf } from "../../stacks/digest.ts";
import type { StackDrift } from "../../stacks/drift.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { tenantNotFound } from "../tenants/tenant.ts";

/** What a look at a tenant found, beside the layout that the ledger had then. */
export interface Looked {
  view: DriftView;
  layout: Layout | null;
  stack: TenantSpec | "unreadable" | null;
}

/** Looks at stack and cluster as they are now. Changes nothing. */
export async function lookAt(deps: Deps, environment: string, id: string): Promise<Looked> {
  requireEnvironment(deps, environment);
  const [row, others] = await deps.ledger.read(async (db) => {
    const tenant = await readTenant(db, environment, id);
    if (!tenant) throw tenantNotFound(environment, id);
    const now = tenant.under_way && operationOf(tenant.under_way).move;
    const moves = [now, await failedMoveOf(db, tenant.uid)];
    return [tenant, otherLayouts({ moves, kept: tenant.kept })] as const;
  });
  const { layout } = row;
  const { last, split } = deps.found;
  const [stack, traffic] = await Promise.all([last(environment, id), split(environment, id)]);
  const surprise = surpriseIn(id, { layout, others, splits: others }, { stack: foundIn(stack), traffic });
  const drift = layout && stack !== null ? await driftFrom(deps, row, layout) : { items: [], additions: [] };
  const items = markKept(drift.items, row.kept);
  const view = {
    environment,
    tenant: id,
    checkedAt: new Date().toISOString(),
    drifted: surprise !== null || items.some((item) => !item.kept),
    plan: digestOf([surprise?.message ?? "", ...items.map((item) => item.id)]),
    ...(surprise && { message: surprise.message }),
    traffic: { expected: layout && trafficOf(layout), found: traffic },
    items,
    additions: drift.additions,
  };
  return { view, layout, stack };
}

/** As `lookAt`, where a decision is to be taken on it. Throws `drift_changed` where `plan` is of another look. */
export async function lookAgain(deps: Deps, environment: string, id: string, plan: string): Promise<Looked> {
  const looked = await lookAt(deps, environment, id);
  if (looked.view.plan !== plan) throw driftChanged(id);
  return looked;
}

export function driftChanged(id: string): TealError {
  const message = `What there is of tenant ${id} is not what the plan was made of. Read its drift again, and decide on that.`;
  return new TealError("drift_changed", message, { data: { tenant: id } });
}

async function driftFrom({ ledger, found }: Deps, tenant: FullTenant, layout: Layout): Promise<StackDrift> {
  const { environment, id } = tenant;
  const texts = await ledger.read((db) => textsOf(db, ledger.secrets, tenant, layout));
  return found.drift({ environment, id, ...texts }, layout);
}
