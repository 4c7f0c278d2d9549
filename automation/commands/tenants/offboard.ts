import type { Layout, Move } from "../../../model/layout.ts";
import type { OffboardingTerms } from "../../../model/operation.ts";
import type { Policy } from "../../../model/policy.ts";
import { TealError } from "../../../model/errors.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call, OffboardingWanted } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { readProvisioning } from "../../ledger/operations/provisioning.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { accept } from "./accept.ts";
import { keepsData, requireBackups } from "./data.ts";
import { servingMove } from "./moves.ts";
import { settingsOf } from "./settings.ts";
import { heldTenant, requireIdle } from "./tenant.ts";
import { termsOf, type WholeTerms } from "./terms.ts";
import { refuseUnserved } from "./unserved.ts";

/** Throws `tenant_not_found`, `tenant_busy`, `retention_too_short`, `hostnames_unserved`, and `backups_unavailable` where its data is to be kept and can't be. */
export async function offboardCommand(
  deps: Deps,
  environment: string,
  id: string,
  wanted: OffboardingWanted,
  call: Call,
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  await refuseUnserved(deps, environment, id);
  return once(deps.ledger, call, async (tx) => {
    const tenant = await heldTenant(tx, environment, id);
    await requireIdle(tx, tenant);
    const terms = await termsOf(tx, deps, environment, await settingsOf(tx, deps.ledger, tenant, tenant.revision));
    const move = await leavingMove(tx, deps, tenant, terms);
    const offboarding = offboardingTerms(terms.policy, wanted);
    return accept(tx, deps.ledger, tenant, { kind: "offboard", move, offboarding, call });
  });
}

/** Shuts the tenant first, in a way that can be undone. Null where no release has ever run: there is nothing to shut or keep, and what is adopted goes on. */
async function leavingMove(tx: Queries, deps: Deps, tenant: TenantRow, terms: WholeTerms): Promise<Move | null> {
  const { layout, revision, uid } = tenant;
  const live = layout?.slots[layout.live];
  if (!layout || !live || !(await readProvisioning(tx, uid)).done) return null;
  const backup = savesData(deps, layout, terms.policy);
  return { ...servingMove(layout, live, revision, false, terms), ...(backup && { backup }) };
}

function savesData(deps: Deps, layout: Layout, { backup }: Policy): boolean {
  if (!keepsData(layout)) return false;
  // Where backups are not wanted, one is taken all the same if it can be: it is the last.
  if (backup === "never") return deps.backups !== null;
  requireBackups(deps, layout, "The tenant holds data, which is kept for a while once it is removed");
  return true;
}

/** What was asked for, else as the policy says. Data can be kept longer than it says, never shorter. */
function offboardingTerms(policy: Policy, { graceSeconds, retainDays }: OffboardingWanted): OffboardingTerms {
  if (retainDays !== undefined && retainDays < policy.retainDays) {
    const message = `Expected to keep what is exported for at least the ${policy.retainDays} days of the policy (retainDays); got ${retainDays}.`;
    throw new TealError("retention_too_short", message, { data: { retainDays: policy.retainDays } });
  }
  return {
    graceSeconds: graceSeconds ?? policy.graceSeconds,
    retainDays: retainDays ?? policy.retainDays,
  };
}
