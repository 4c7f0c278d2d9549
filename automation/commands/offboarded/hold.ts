import { TealError } from "../../../model/errors.ts";
import type { NewHold, OffboardedView } from "../../../model/offboarding.ts";
import type { Call } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { holdOffboarded } from "../../ledger/offboardings/hold.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { offboardedOf } from "./offboarded.ts";
import { offboardedView } from "./view.ts";

/** Keeps what is left of a tenant longer. Throws `offboarded_not_found`, `retention_over`, `retention_too_short`. */
export async function holdCommand(
  deps: Deps,
  environment: string,
  operation: string,
  { until, reason }: NewHold,
  call: Call,
): Promise<OffboardedView> {
  requireEnvironment(deps, environment);
  const { actor } = call;
  return once(deps.ledger, call, async (tx) => {
    const { tenant } = await offboardedOf(tx, environment, operation);
    const held = await holdOffboarded(tx, operation, { until: new Date(until), by: actor, reason });
    const row = await offboardedOf(tx, environment, operation);
    if (!held && row.pruning_at) throw over(tenant, row.pruning_at);
    if (!held && row.keep_until.getTime() !== Date.parse(until)) throw shorter(row.keep_until, until);
    const view = offboardedView(row);
    if (!held) return view;
    const message = `${actor} has what is kept of tenant ${tenant} held until ${view.kept.until}: ${reason}`;
    const event = { operation, environment, tenant, type: "held", message };
    await appendEvents(tx, [{ ...event, data: { actor, reason, until: view.kept.until } }]);
    return view;
  });
}

function over(tenant: string, at: Date): TealError {
  const message = `What was kept of tenant ${tenant} is deleted, or being so, since ${at.toISOString()}: it can't be held any more.`;
  return new TealError("retention_over", message, { data: { tenant } });
}

function shorter(until: Date, wanted: string): TealError {
  const message = `Expected a time after ${until.toISOString()}, until when it is kept already; got ${wanted}. What is kept is never given up sooner.`;
  return new TealError("retention_too_short", message, { data: { until: until.toISOString() } });
}
