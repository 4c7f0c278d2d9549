import type { Policy } from "../policy.ts";
import type { Phase } from "../operation.ts";

/**
 * Seconds that a phase's action may go on failing for passing reasons, or a wait may last, before the phase has failed.
 * Going back gets longest: it is given up last.
 */
export function limitSeconds(phase: Phase, policy: Policy): number {
  if (phase === "verifying") return policy.readySeconds;
  if (phase === "rolling-back" || phase === "restoring") return 1800;
  return 600;
}

/** Seconds until the next try after `attempts` failures in a row: 0.5, 1, 2, … at most 15. */
export function backoffSeconds(attempts: number): number {
  return Math.min(15, 0.5 * 2 ** Math.max(0, attempts - 1));
}
