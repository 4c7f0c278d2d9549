import type { Operation } from "../operation.ts";
import type { Policy } from "../policy.ts";

/** How long trouble is waited out at least, seconds: where something other than the release is in the way. */
const patience = 600;

/**
 * Seconds that a phase may go on without success before it has failed. `trouble`: something other than the release is in
 * the way, which is waited out longer. Going back should get longest: it is given up last.
 */
export function limitSeconds(operation: Operation, policy: Policy, trouble: boolean): number {
  const limit = limitOf(operation, policy);
  return trouble ? Math.max(limit, patience) : limit;
}

function limitOf({ phase, move }: Operation, policy: Policy): number {
  switch (phase) {
    // Until it is over, however often it was looked at.
    case "grace":
      return Infinity;
    case "backing-up":
    case "exporting":
      return policy.backupSeconds;
    case "migrating":
      return policy.migrateSeconds;
    case "restoring-data":
      return policy.restoreSeconds;
    case "deploying":
      return policy.deploySeconds;
    case "verifying":
      return policy.readySeconds;
    case "awaiting-approval":
      // What is to be approved is previewed first, and that may be late: the approval's own time is what counts.
      return (move?.approvalSeconds ?? policy.approvalSeconds) + patience;
    case "shifting":
    case "closing":
    case "opening":
      return policy.shiftSeconds;
    case "baking":
      return (move?.bakeSeconds ?? 0) + patience;
    case "promoting":
      return policy.promoteSeconds;
    case "settling":
    case "stopping":
      return policy.settleSeconds;
    case "warming":
    case "rolling-back":
    case "restoring":
      return policy.rollBackSeconds;
    default:
      return patience;
  }
}

/** Seconds until the next try after `attempts` failures in a row: 0.5, 1, 2, … at most 15. */
export function backoffSeconds(attempts: number): number {
  return Math.min(15, 0.5 * 2 ** Math.max(0, attempts - 1));
}
