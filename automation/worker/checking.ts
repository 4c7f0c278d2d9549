import { deployed } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import { runChecks, type CheckResult } from "../probes/checks.ts";
import { policyOf, type Effects } from "./effects.ts";

/**
 * Sends the checks of release and policy through the gateway: by the preview rule, or, where no traffic is to move (a tenant's first
 * release, a repair, a scaling), as any request would go.
 */
export async function checkNewSlot(effects: Effects, operation: Operation): Promise<CheckResult> {
  const move = operation.move!;
  const { preview, suspended } = deployed(move);
  // Nothing but the gateway answers there.
  if (suspended && !preview) return { passed: true };
  const { checks } = await effects.ledger.release(operation.environment, move.content!.release);
  const policy = policyOf(effects, operation);
  const host = effects.site.hostOf(operation.environment, operation.tenant);
  return await runChecks(
    { gateway: effects.gateway, routing: effects.routes.routing, host, preview },
    [...checks, ...policy.checks],
    policy.checkRepeats,
  );
}
