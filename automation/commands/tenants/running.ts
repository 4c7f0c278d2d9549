import { adoptedIsLive } from "../../../model/adopted.ts";
import { TealError } from "../../../model/errors.ts";
import type { Layout, Move, Slot } from "../../../model/layout.ts";
import type { Tier } from "../../../model/tenant.ts";
import type { OperationKind } from "../../../model/operation.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { readProvisioning } from "../../ledger/operations/provisioning.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { accept } from "./accept.ts";
import { settingsOf } from "./settings.ts";
import { heldTenant, requireIdle } from "./tenant.ts";
import { termsOf, type WholeTerms } from "./terms.ts";

/** A tenant that is served by Teal's route: by a release, or by what is adopted. */
export interface Served extends Omit<Running, "live"> {
  /** Null: its copy is adopted. */
  live: Slot | null;
}

/** A tenant that a release runs for, or did until it was suspended, held for the transaction with nothing under way. */
export interface Running {
  tenant: TenantRow;
  layout: Layout;
  live: Slot;
  tier: Tier;
  terms: WholeTerms;
}

/**
 * Accepts an operation of `kind` on such a tenant, with the move that `plan` makes of what there is. Throws
 * `tenant_not_found`, `tenant_busy`, `not_provisioned`, and what `plan` throws.
 */
export async function acceptOnRunning(
  deps: Deps,
  environment: string,
  id: string,
  { kind, call }: { kind: OperationKind; call: Call },
  plan: (running: Running, tx: Queries) => Move | Promise<Move>,
): Promise<OperationView> {
  return acceptOnServed(deps, environment, id, { kind, call }, ({ live, ...served }, tx) => {
    if (!live) throw notProvisioned(id);
    return plan({ ...served, live }, tx);
  });
}

/** As `acceptOnRunning`, for what needs no pods of Teal's. */
export async function acceptOnServed(
  deps: Deps,
  environment: string,
  id: string,
  { kind, call }: { kind: OperationKind; call: Call },
  plan: (served: Served, tx: Queries) => Move | Promise<Move>,
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  return once(deps.ledger, call, async (tx) => {
    const served = await servedTenant(tx, deps, environment, id);
    return accept(tx, deps.ledger, served.tenant, { kind, move: await plan(served, tx), call });
  });
}

async function servedTenant(tx: Queries, deps: Deps, environment: string, id: string): Promise<Served> {
  const tenant = await heldTenant(tx, environment, id);
  await requireIdle(tx, tenant);
  const { layout, revision, uid } = tenant;
  const live = layout?.slots[layout.live] ?? null;
  const serves = layout && (live !== null || adoptedIsLive(layout));
  if (!serves || !(await readProvisioning(tx, uid)).done) throw notProvisioned(id);
  const settings = await settingsOf(tx, deps.ledger, tenant, revision);
  const terms = await termsOf(tx, deps, environment, settings);
  return { tenant, layout, live, tier: settings.tier, terms };
}

/** Throws `tenant_suspended` for what needs pods, which a suspended tenant has none of. */
export function refuseSuspended(id: string, layout: Layout | null): void {
  if (!layout?.suspended) return;
  if (layout.maintenance) throw inMaintenance(id);
  const message = `Tenant ${id} is suspended: it has no pods, and serves nothing. Unsuspend it first.`;
  throw new TealError("tenant_suspended", message, { data: { tenant: id } });
}

/** An operation that shut it has ended without opening it again. */
function inMaintenance(id: string): TealError {
  const message = `Tenant ${id} is shut for maintenance, and an operation that was to end it did not end well. Restore a backup, roll out a release that can go on with its data, or unsuspend it.`;
  return new TealError("tenant_suspended", message, { data: { tenant: id } });
}

function notProvisioned(id: string): TealError {
  const message = `No release has ever run for tenant ${id}. Roll one out first.`;
  return new TealError("not_provisioned", message, { data: { tenant: id } });
}
