import { isDeepStrictEqual } from "node:util";
import { adoptedIsLive } from "../../../model/adopted.ts";
import { TealError } from "../../../model/errors.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { forgetKept } from "../../ledger/tenants/forgetKept.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { accept } from "../tenants/accept.ts";
import { repairMove } from "../tenants/moves.ts";
import { settingsOf } from "../tenants/settings.ts";
import { heldTenant, requireIdle } from "../tenants/tenant.ts";
import { termsOf } from "../tenants/terms.ts";
import { driftChanged, lookAgain } from "./look.ts";

/** Brings stack and cluster back to what the ledger says. What is not in the plan is not touched. */
export async function repairCommand(
  deps: Deps,
  environment: string,
  id: string,
  plan: string,
  call: Call & { reason: string },
): Promise<OperationView> {
  return once(deps.ledger, call, async (tx) => {
    const { view, layout } = await lookAgain(deps, environment, id, plan);
    const tenant = await heldTenant(tx, environment, id);
    await requireIdle(tx, tenant);
    if (!isDeepStrictEqual(tenant.layout, layout)) throw driftChanged(id);
    const live = layout?.slots[layout.live] ?? null;
    if (!layout || (!live && !adoptedIsLive(layout)) || (view.items.length === 0 && !view.message))
      throw nothingToRepair(id);
    const { revision } = tenant;
    const shown = view.items.map((item) => item.id);
    const terms = await termsOf(tx, deps, environment, await settingsOf(tx, deps.ledger, tenant, revision));
    const move = repairMove(layout, live, revision, shown, terms);
    await forgetKept(tx, tenant.uid);
    return accept(tx, deps.ledger, tenant, { kind: "repair", move, call });
  });
}

function nothingToRepair(id: string): TealError {
  const message = `Tenant ${id} is as Teal left it: there is nothing to repair.`;
  return new TealError("nothing_to_repair", message, { data: { tenant: id } });
}
