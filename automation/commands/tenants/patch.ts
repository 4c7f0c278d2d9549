import { adoptedIsLive } from "../../../model/adopted.ts";
import { TealError } from "../../../model/errors.ts";
import type { Layout, Move } from "../../../model/layout.ts";
import { patched, tenantSettings, type TenantPatch, type TenantSettings } from "../../../model/tenant.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { readProvisioning } from "../../ledger/operations/provisioning.ts";
import { insertRevision, nextRevision } from "../../ledger/revisions/insert.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { refuseFrozen } from "../freezes/refuse.ts";
import { refuseAffinity } from "../policies/affinity.ts";
import { accept } from "./accept.ts";
import { sameData } from "./data.ts";
import { claimHostnames } from "./hostnames.ts";
import { inPlaceMove, rolloutMove } from "./moves.ts";
import { provisionAgain } from "./provisionAgain.ts";
import { refuseWithoutRoom } from "./room.ts";
import { refuseSuspended } from "./running.ts";
import { sameForPods, sameSettings, settingsOf } from "./settings.ts";
import { heldTenant, requireIdle } from "./tenant.ts";
import { termsOf, type WholeTerms } from "./terms.ts";

/** The tenant keeps its revision until the new one is applied; a configure that goes back leaves the old one. */
export async function patchCommand(
  deps: Deps,
  environment: string,
  id: string,
  patch: TenantPatch,
  seen: number,
  call: Call,
): Promise<OperationView | null> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  return once(ledger, call, async (tx) => {
    const tenant = await heldTenant(tx, environment, id);
    requireRevision(tenant, seen);
    const old = await settingsOf(tx, ledger, tenant, tenant.revision);
    const settings = stillValid(patched(old, patch));
    if (sameSettings(old, settings)) return null;
    refuseAffinity(deps, settings.policy);
    await requireIdle(tx, tenant);
    const { layout, uid } = tenant;
    const tried = await readProvisioning(tx, uid);
    await claimHostnames(tx, deps, uid, settings.hostnames);
    if (settings.hostnames.length > old.hostnames.length) await refuseWithoutRoom(tx, deps);
    const revision = await nextRevision(tx, uid);
    await insertRevision(tx, ledger.secrets, { uid, revision, settings, actor: call.actor });
    const terms = await termsOf(tx, deps, environment, settings);
    // Where its provisioning failed, the settings may have been why.
    if (!layout || !tried.done) {
      const move = await provisionAgain(tx, deps, tried, { environment, revision, settings, terms });
      return accept(tx, ledger, tenant, { kind: "provision", move, call });
    }
    const move = configureMove(layout, revision, { old, settings }, terms);
    if (move.steps.length > 0) refuseSuspended(id, layout);
    if (move.steps.length > 0) await refuseFrozen(tx, environment, terms);
    return accept(tx, ledger, tenant, { kind: "configure", move, call });
  });
}

/** Pods get new settings as they get a new release, through the idle slot; what no pod is given changes in place. */
export function configureMove(
  layout: Layout,
  revision: number,
  { old, settings }: { old: TenantSettings; settings: TenantSettings },
  terms: WholeTerms,
): Move {
  const live = layout.slots[layout.live];
  // No pod of Teal's is there to be given them: the first release is.
  if (!live && adoptedIsLive(layout)) return inPlaceMove(layout, null, revision, terms);
  if (!live) throw new TealError("internal", `The live slot ${layout.live} is empty.`);
  if (sameForPods(old, settings)) return inPlaceMove(layout, live, revision, terms);
  const data = sameData(layout, settings.tier, terms.policy);
  return rolloutMove(layout, { release: live.release, revision }, terms, data);
}

/** Each patch was fine by itself; what they add up to must be, too. */
function stillValid(settings: TenantSettings): TenantSettings {
  const parsed = tenantSettings.safeParse(settings);
  if (parsed.success) return settings;
  const errors = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join("/")}`, message }));
  const [first] = errors;
  throw new TealError(
    "invalid_input",
    `With this change the tenant would break a limit: ${first?.pointer}: ${first?.message}`,
    {
      data: { errors },
    },
  );
}

function requireRevision({ id, revision }: TenantRow, seen: number): void {
  if (seen === revision) return;
  const message = `Expected the revision that tenant ${id} has now, ${revision}; got ${seen}. Read it again and repeat the change on what it is now.`;
  throw new TealError("revision_mismatch", message, { data: { tenant: id, revision, got: seen } });
}
