import type { Operation } from "../../model/operation.ts";
import { holdingOf } from "../backups/holding.ts";
import { requireBackups } from "./backUp.ts";
import { policyOf, type Effects } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Puts a backup's data in the place of the tenant's. No pod runs by now. */
export async function restoreData(effects: Effects, operation: Operation): Promise<Seen> {
  const provider = requireBackups(effects.backups);
  const { restoreSeconds } = policyOf(effects, operation);
  const backup = operation.move!.from!;
  await provider.restore(holdingOf(operation), backup, AbortSignal.timeout(restoreSeconds * 1000));
  return { event: "restored", message: `The data of backup ${backup} is back.`, data: { backup } };
}
