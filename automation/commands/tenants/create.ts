import type { Adopts } from "../../../model/adopted.ts";
import type { AdoptedData } from "../../../model/adoptedData.ts";
import { TealError } from "../../../model/errors.ts";
import type { NewTenant } from "../../../model/tenant.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { insertRevision } from "../../ledger/revisions/insert.ts";
import { readAdopters } from "../../ledger/tenants/adopters.ts";
import { insertTenant } from "../../ledger/tenants/insert.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { deployableRelease } from "../releases/deployable.ts";
import { refuseAffinity } from "../policies/affinity.ts";
import { accept } from "./accept.ts";
import { takenBy } from "./adoptData.ts";
import { firstData, heldData } from "./data.ts";
import { claimHostnames } from "./hostnames.ts";
import { adoptMove, provisionMove } from "./moves.ts";
import { refuseWithoutRoom } from "./room.ts";
import { termsOf } from "./terms.ts";

export async function createCommand(
  deps: Deps,
  environment: string,
  tenant: NewTenant,
  call: Call,
  adoptedData: AdoptedData | null = null,
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  const { id, release, ...settings } = tenant;
  return once(deps.ledger, call, async (tx) => {
    const row = await insertTenant(tx, { environment, id, actor: call.actor, adoptedData });
    if (!row) throw await refusal(tx, environment, id, adoptedData);
    const spec = await deployableRelease(tx, environment, release);
    await claimHostnames(tx, deps, row.uid, settings.hostnames);
    await insertRevision(tx, deps.ledger.secrets, { uid: row.uid, revision: 1, settings, actor: call.actor });
    const terms = await termsOf(tx, deps, environment, settings);
    refuseAffinity(deps, terms.policy);
    const { tier } = settings;
    const data = await firstData(tx, deps, { environment, tier, release: spec }, terms.policy);
    const move = provisionMove(release, 1, terms, data);
    await refuseWithoutRoom(tx, deps);
    return accept(tx, deps.ledger, row, { kind: "provision", move, call });
  });
}

/** A new tenant without a release. */
export type Adopting = Omit<NewTenant, "release">;

/** A tenant whose live slot is what `adopts` names. */
export async function createAdopted(
  deps: Deps,
  environment: string,
  { id, ...settings }: Adopting,
  { adopts, adoptedData }: { adopts: Adopts; adoptedData: AdoptedData | null },
  call: Call,
): Promise<OperationView> {
  requireEnvironment(deps, environment);
  return once(deps.ledger, call, async (tx) => {
    const row = await insertTenant(tx, { environment, id, actor: call.actor, adoptedData });
    if (!row) throw await refusal(tx, environment, id, adoptedData);
    await claimHostnames(tx, deps, row.uid, settings.hostnames);
    await insertRevision(tx, deps.ledger.secrets, { uid: row.uid, revision: 1, settings, actor: call.actor });
    const terms = await termsOf(tx, deps, environment, settings);
    refuseAffinity(deps, terms.policy);
    const move = adoptMove(adopts, 1, terms, heldData(deps));
    return accept(tx, deps.ledger, row, { kind: "provision", move, call });
  });
}

async function refusal(
  tx: Queries,
  environment: string,
  id: string,
  adoptedData: AdoptedData | null,
): Promise<TealError> {
  const adopters = adoptedData ? await readAdopters(tx, adoptedData) : [];
  const own = adopters.some((one) => one.environment === environment && one.id === id);
  return adopters.length > 0 && !own ? takenBy(adopters) : tenantExists(environment, id);
}

export function tenantExists(environment: string, id: string): TealError {
  const message = `Environment ${environment} has a tenant ${id} already. Change it with PATCH, or choose another id.`;
  return new TealError("tenant_exists", message, { data: { environment, tenant: id } });
}
