import { isDeepStrictEqual } from "node:util";
import { TealError } from "../../../model/errors.ts";
import { otherColor } from "../../../model/color.ts";
import type { Layout, Slot } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { TenantSettings } from "../../../model/tenant.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { lockOperation, underWay } from "../../ledger/operations/read.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { insertRevision, nextRevision } from "../../ledger/revisions/insert.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { intervene } from "../operations/intervene.ts";
import { operationView } from "../views.ts";
import { accept } from "./accept.ts";
import { dataTerms } from "./data.ts";
import { rollbackMove } from "./moves.ts";
import { refuseSuspended } from "./running.ts";
import { podSettings, sameForPods, sameSettings, settingsOf } from "./settings.ts";
import { busy, heldTenant } from "./tenant.ts";
import { termsOf } from "./terms.ts";

export async function rollbackCommand(deps: Deps, environment: string, id: string, call: Call): Promise<OperationView> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  return once(ledger, call, async (tx) => {
    const tenant = await heldTenant(tx, environment, id);
    const operation = await underWay(tx, tenant.uid);
    if (operation) return turnRound(tx, deps, operation, call);

    const { layout } = tenant;
    refuseSuspended(id, layout);
    const idle = layout && (await olderSlot(tx, deps, tenant, layout));
    if (!idle) throw nothingToRollBackTo(id);
    const revision = await revisionAfter(tx, deps, tenant, idle, call);
    const settings = await settingsOf(tx, ledger, tenant, tenant.revision);
    const terms = await termsOf(tx, deps, environment, settings);
    const { spec: release } = await readRelease(tx, environment, idle.release);
    // Traffic goes back, never data, and nothing may hold that up.
    const policy = { ...terms.policy, backup: "never" as const };
    const data = await dataTerms(tx, deps, { environment, layout, tier: settings.tier, release }, policy);
    const move = {
      ...rollbackMove(layout, idle, revision, terms, data),
      kept: keptBy(layout, idle, settings, await settingsOf(tx, ledger, tenant, idle.revision)),
    };
    return accept(tx, ledger, tenant, { kind: "rollback", move, call });
  });
}

async function turnRound(tx: Queries, deps: Deps, found: Operation, call: Call): Promise<OperationView> {
  const { kind, tenant } = found;
  if (kind === "offboard") throw busy(found);
  if (kind === "provision") throw nothingToRollBackTo(tenant);
  // It is what was asked for. Asked twice, it isn't turned round again.
  if (kind === "rollback") return operationView(found);
  const operation = (await lockOperation(tx, found.id)) ?? found;
  const { reason = "rolled back" } = call;
  return intervene(tx, deps, operation, { name: "rollback", actor: call.actor, reason });
}

/** The idle slot where it holds something else than the live one. */
async function olderSlot(tx: Queries, { ledger }: Deps, tenant: TenantRow, layout: Layout): Promise<Slot | null> {
  const live = layout.slots[layout.live];
  const idle = layout.slots[otherColor(layout.live)];
  if (!live || !idle) return idle;
  if (idle.release !== live.release) return idle;
  if (idle.revision === live.revision) return null;
  const [was, now] = [
    await settingsOf(tx, ledger, tenant, idle.revision),
    await settingsOf(tx, ledger, tenant, live.revision),
  ];
  return sameForPods(was, now) ? null : idle;
}

/**
 * The revision of the tenant once it is back: what its pods were given then, but all else of today: host names for one
 * may be another tenant's by now.
 */
async function revisionAfter(
  tx: Queries,
  { ledger }: Deps,
  tenant: TenantRow,
  idle: Slot,
  call: Call,
): Promise<number> {
  const now = await settingsOf(tx, ledger, tenant, tenant.revision);
  const was = await settingsOf(tx, ledger, tenant, idle.revision);
  const settings = { ...now, ...podSettings(was) };
  if (sameSettings(settings, now)) return tenant.revision;
  if (sameSettings(settings, was)) return idle.revision;
  const { uid } = tenant;
  const revision = await nextRevision(tx, uid);
  await insertRevision(tx, ledger.secrets, { uid, revision, settings, actor: call.actor });
  return revision;
}

/** What a rollback leaves as it is now: it brings back a release with its config, flags, secrets and tier, and nothing else. */
function keptBy({ schema }: Layout, idle: Slot, now: TenantSettings, was: TenantSettings): string[] {
  const names = ["name", "ring", "hostnames", "timeZone", "policy"] as const;
  const others = names.filter((name) => !isDeepStrictEqual(now[name], was[name]));
  return [
    ...(schema !== undefined && schema !== idle.release
      ? [`The data stays as the migration of release ${schema} left it.`]
      : []),
    ...(others.length > 0 ? [`These settings stay as they are now: ${others.join(", ")}.`] : []),
  ];
}

function nothingToRollBackTo(id: string): TealError {
  const message = `Tenant ${id} has no old slot to go back to: the idle one is empty, or as the live one. Roll the wanted release out.`;
  return new TealError("nothing_to_roll_back_to", message, { data: { tenant: id } });
}
