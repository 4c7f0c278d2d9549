import { databaseNow } from "../ledger/clock.ts";
import type { Operation, Outcome } from "../../model/operation.ts";
import type { Effects } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** A pause or an intervention wakes it sooner. */
const longestWaitSeconds = 3600;

/**
 * Waits until the grace is over. By the ledger's clock alone: what follows can't be undone, and no worker whose clock is
 * wrong may begin it too early.
 */
export async function grace({ ledger }: Effects, { memory, tenant }: Operation): Promise<Seen> {
  const { graceSeconds, until } = memory.offboarding!;
  const now = await ledger.read(databaseNow);
  const end = until === undefined ? new Date(now.getTime() + graceSeconds * 1000) : new Date(until);
  if (end <= now) return { event: "held", message: `The grace of tenant ${tenant} is over.` };
  const left = (end.getTime() - now.getTime()) / 1000;
  return {
    pending: `Tenant ${tenant} is suspended and can come back until ${end.toISOString()}; then it is exported and removed.`,
    retrySeconds: Math.min(left, longestWaitSeconds),
    overdue,
    memory: { ...memory, offboarding: { ...memory.offboarding!, until: end.toISOString() } },
  };
}

/** Never shown: a grace is as long as it is. */
const overdue: Outcome = {
  code: "unexpected",
  cause: "platform",
  message: "The end of the grace could not be waited for.",
  evidence: [],
};
