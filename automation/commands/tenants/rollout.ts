import { TealError } from "../../../model/errors.ts";
import type { Layout } from "../../../model/layout.ts";
import type { NewRollout } from "../../../model/policy.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { readProvisioning } from "../../ledger/operations/provisioning.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { refuseFrozen } from "../freezes/refuse.ts";
import { refuseAffinity } from "../policies/affinity.ts";
import { deployableRelease } from "../releases/deployable.ts";
import { accept } from "./accept.ts";
import { dataTerms, firstData } from "./data.ts";
import { provisionMove, rolloutMove } from "./moves.ts";
import { refuseSuspended } from "./running.ts";
import { sameForPods, settingsOf } from "./settings.ts";
import { heldTenant, requireIdle } from "./tenant.ts";
import { termsOf } from "./terms.ts";

export async function rolloutCommand(
  deps: Deps,
  environment: string,
  id: string,
  rollout: NewRollout,
  call: Call,
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  const { release, reason } = rollout;
  const why = reason === undefined ? call : { ...call, reason };
  return once(ledger, call, async (tx) => {
    const tenant = await heldTenant(tx, environment, id);
    await requireIdle(tx, tenant);
    const spec = await deployableRelease(tx, environment, release);
    const { layout, revision } = tenant;
    const settings = await settingsOf(tx, ledger, tenant, revision);
    const { tier } = settings;
    const terms = await termsOf(tx, deps, environment, settings, rollout);
    refuseAffinity(deps, terms.policy);
    // Where its provisioning failed, there is nothing good that traffic could be moved from, or go back to.
    const tried = await readProvisioning(tx, tenant.uid);
    if (!layout || !tried.done) {
      if (tried.adopts) throw adoptionUnfinished(id);
      const data = await firstData(tx, deps, { environment, tier, release: spec }, terms.policy);
      return accept(tx, ledger, tenant, {
        kind: "provision",
        move: provisionMove(release, revision, terms, data),
        call: why,
      });
    }
    // Out of a maintenance that ended badly a release that can go on with the data is a way.
    if (!layout.maintenance) refuseSuspended(id, layout);
    if (await isLive(tx, deps, tenant, layout, release)) throw alreadyLive(id, release);
    await refuseFrozen(tx, environment, terms);
    const data = await dataTerms(tx, deps, { environment, layout, tier, release: spec }, terms.policy);
    const move = rolloutMove(layout, { release, revision }, terms, data);
    return accept(tx, ledger, tenant, { kind: "rollout", move, call: why });
  });
}

/** Whether the live slot's pods run the release with the tenant's settings as they are. */
export async function isLive(
  db: Queries,
  { ledger }: Deps,
  tenant: TenantRow,
  layout: Layout,
  release: string,
): Promise<boolean> {
  const live = layout.slots[layout.live];
  if (live?.release !== release || layout.maintenance) return false;
  if (live.revision === tenant.revision) return true;
  const given = await settingsOf(db, ledger, tenant, live.revision);
  return sameForPods(given, await settingsOf(db, ledger, tenant, tenant.revision));
}

/** A release in its place would have all requests at once, and nothing to go back to. */
export function adoptionUnfinished(id: string): TealError {
  const message = `Tenant ${id} was to be adopted, and that has not ended well. Change a setting (PATCH), by which it is tried again, or offboard it, which gives back what was taken.`;
  return new TealError("not_provisioned", message, { data: { tenant: id } });
}

function alreadyLive(id: string, release: string): TealError {
  const message = `Release ${release} is live on tenant ${id} already, with the settings it has now.`;
  return new TealError("already_live", message, { data: { tenant: id, release } });
}
