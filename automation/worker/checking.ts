import type { Operation } from "../../model/operation.ts";
import { runChecks, type CheckResult } from "../probes/checks.ts";
import type { Effects } from "./effects.ts";

/**
 * Sends the new release's checks through the gateway: by the preview rule, or, for a tenant's first release, which has
 * all the traffic anyway, as any request would go.
 */
export async function checkNewSlot(effects: Effects, operation: Operation): Promise<CheckResult> {
  const move = operation.move!;
  const { checks } = await effects.ledger.release(operation.environment, move.content.release);
  const host = effects.site.hostOf(operation.environment, operation.tenant);
  const preview = move.before ? { token: move.token, color: move.target } : null;
  return await runChecks({ gateway: effects.gateway, host, preview }, checks, effects.policy.checkRepeats);
}
