import { createHash } from "node:crypto";
import type { ClusterView, ConfirmPreview, ConfirmSource, NewConfirmation } from "../../../model/cluster.ts";
import { TealError } from "../../../model/errors.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Clusters } from "../../../tenant/data/spec.ts";
import { lastSnapshotOf } from "../../../tenant/plan/data/names.ts";
import type { Call } from "../../automation.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import { beforehand } from "../beforehand.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { letGoMove } from "../tenants/moves.ts";
import { acceptOnRunning, refuseSuspended } from "../tenants/running.ts";
import { requireIdle, tenantNotFound } from "../tenants/tenant.ts";
import { clusterViews } from "./clusterViews.ts";

type Confirming = Pick<TenantRow, "id" | "layout" | "clusters">;
type LastData = Awaited<ReturnType<Deps["found"]["data"]>>;

/** Throws `nothing_to_confirm`, `tenant_busy`, `tenant_suspended`, `data_stack_unsettled`, `stack_unreadable`. */
export async function previewConfirmCommand(
  deps: Deps,
  environment: string,
  id: string,
  source: ConfirmSource,
): Promise<ConfirmPreview> {
  requireEnvironment(deps, environment);
  const tenant = await idleTenant(deps, environment, id);
  const place = { environment, id };
  const last = await beforehand(() => lastOf(deps, tenant));
  const { clusters, chosen } = leftBehind(tenant, last, source);
  const views = clusterViews(place, clusters);
  const removed = views.filter(({ generation }) => chosen.includes(generation));
  return {
    plan: planOf(clusters, chosen),
    inUse: views.find(({ generation }) => generation === clusters.cluster)!,
    removed: removed.map((view) =>
      view.adopted ? view : { ...view, lastSnapshot: lastSnapshotOf(view.identifier, tenant.uid) },
    ),
    notes: notesOf(removed),
  };
}

function notesOf(removed: readonly ClusterView[]): string[] {
  const kept = removed.filter(({ adopted }) => adopted).map(({ identifier }) => identifier);
  return [
    "What runs stays as it is, and is served meanwhile.",
    ...(kept.length < removed.length
      ? [
          "A removed cluster can't be gone back to, nor to a point in time of it: its last snapshot and the tenant's backups are what is left.",
          "Last snapshots count to the quota of manual snapshots, are paid for, and are nobody's to remove but yours.",
        ]
      : []),
    ...(kept.length > 0
      ? [
          `Teal forgets cluster ${kept.join(", ")}, which was there before the tenant: it stays, and is yours to remove.`,
        ]
      : []),
  ];
}

/** Throws what the preview throws, and `plan_changed`. */
export async function confirmCommand(
  deps: Deps,
  environment: string,
  id: string,
  { plan, reason, clusters: wanted }: NewConfirmation,
  call: Call,
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  const why = { ...call, reason };
  const last = await beforehand(async () => lastOf(deps, await idleTenant(deps, environment, id)));
  return acceptOnRunning(deps, environment, id, { kind: "configure", call: why }, (running) => {
    const { tenant, layout, live, terms } = running;
    const source = wanted === undefined ? {} : { clusters: wanted };
    const { clusters, chosen } = leftBehind(tenant, last, source);
    if (planOf(clusters, chosen) !== plan) throw planChanged(id);
    return letGoMove(layout, live, tenant.revision, chosen, terms);
  });
}

/** Throws `tenant_not_found`, and `tenant_busy`: its stack would be waited for, as long as AWS takes. */
function idleTenant(deps: Deps, environment: string, id: string): Promise<TenantRow> {
  return deps.ledger.read(async (db) => {
    const tenant = await readTenant(db, environment, id);
    if (!tenant) throw tenantNotFound(environment, id);
    await requireIdle(db, tenant);
    return tenant;
  });
}

/** What the tenant's data stack was given last. Throws `stack_unreadable`. */
async function lastOf(deps: Deps, { environment, id, layout }: TenantRow): Promise<LastData> {
  if (!layout?.data) return null;
  return deps.found.data(environment, id).catch((cause: unknown) => {
    const message = `What clusters tenant ${id} has can't be read: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new TealError("stack_unreadable", message, { cause });
  });
}

/** What the tenant's data stack holds, and which clusters of it are to go. */
function leftBehind(
  { id, layout, clusters: recorded }: Confirming,
  lastGiven: () => LastData,
  source: ConfirmSource,
): { clusters: Clusters; chosen: number[] } {
  if (!layout?.data) throw nothing(id, inPlace);
  // Nobody has seen yet that what a restore brought is right.
  if (layout.maintenance) refuseSuspended(id, layout);
  const last = lastGiven();
  if (last?.spec.database.kind !== "cluster") throw nothing(id, "it has no cluster of its own");
  const { held } = last.spec.database;
  // A restore whose cluster was never made has been told to the stack all the same: pods use the one before, which must not go.
  if (!last.settled && recorded?.cluster !== held.cluster) throw unsettled(id, held.cluster);
  return { clusters: held, chosen: chosenOf(id, held, source) };
}

function chosenOf(id: string, { cluster, clusters }: Clusters, { clusters: wanted }: ConfirmSource): number[] {
  const waiting = clusters.map(({ generation }) => generation).filter((generation) => generation !== cluster);
  if (waiting.length === 0) throw nothing(id, `cluster ${cluster} is the only one it has`);
  const strangers = (wanted ?? []).filter((generation) => !waiting.includes(generation));
  if (strangers.length > 0)
    throw nothing(
      id,
      `expected of ${waiting.join(", ")}, got ${strangers.join(", ")} (in use: ${cluster}). Name some of those, or none for all of them`,
    );
  return (wanted ? waiting.filter((generation) => wanted.includes(generation)) : waiting).toSorted((a, b) => a - b);
}

const inPlace =
  "here a restore saves the data as it is and then puts the backup's in its place, so that nothing is left behind. To undo one, restore the backup that it took";

function nothing(tenant: string, why: string): TealError {
  const message = `No cluster of tenant ${tenant} waits to be confirmed away: ${why}.`;
  return new TealError("nothing_to_confirm", message, { data: { tenant } });
}

function unsettled(tenant: string, cluster: number): TealError {
  const message = `The last update of tenant ${tenant}'s data stack was to take cluster ${cluster} into use, and did not succeed: nobody can tell which one its pods use. Restore once more, or bring that stack up by hand (docs/data.md), then confirm.`;
  return new TealError("data_stack_unsettled", message, { data: { tenant } });
}

/** Stands for what there is and what of it would go. */
function planOf(clusters: Clusters, chosen: number[]): string {
  return createHash("sha256")
    .update(JSON.stringify([clusters, chosen]))
    .digest("hex")
    .slice(0, 16);
}

function planChanged(tenant: string): TealError {
  const message = `Which clusters tenant ${tenant} has, or which of them would go, is not what the plan says. Preview it again.`;
  return new TealError("plan_changed", message, { data: { tenant } });
}
