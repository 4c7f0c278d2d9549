import type { Policy } from "../policy.ts";
import type { Operation } from "../operation.ts";

/**
 * Seconds that a phase may go on without success before it has failed. `trouble`: something other than the release is in
 * the way, which is waited out longer. Going back gets longest: it is given up last.
 */
export function limitSeconds({ phase, move }: Operation, policy: Policy, trouble: boolean): number {
  if (phase === "rolling-back" || phase === "restoring") return 1800;
  if (phase === "baking") return (move?.bakeSeconds ?? 0) + 600;
  return phase === "verifying" && !trouble ? policy.readySeconds : 600;
}

/** Seconds until the next try after `attempts` failures in a row: 0.5, 1, 2, … at most 15. */
export function backoffSeconds(attempts: number): number {
  return Math.min(15, 0.5 * 2 ** Math.max(0, attempts - 1));
}
