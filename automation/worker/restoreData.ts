import { TealError } from "../../model/errors.ts";
import type { Operation } from "../../model/operation.ts";
import { holdingOf } from "../backups/holding.ts";
import type { BackupProvider } from "../backups/provider.ts";
import { checksumOf } from "../ledger/backups/checksum.ts";
import { requireBackups } from "./backUp.ts";
import { swapCluster } from "./swap.ts";
import { policyOf, type Effects, type Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** What is restored is what was taken: the copy's own word for it isn't enough. Throws `backup_damaged`. */
async function refuseChanged(
  { ledger }: Effects,
  provider: BackupProvider,
  operation: Operation,
  backup: string,
): Promise<void> {
  const { checksum } = await provider.verify(holdingOf(operation), backup);
  const taken = await ledger.read((db) => checksumOf(db, backup));
  if (taken === checksum) return;
  const message = `Backup ${backup} is whole, but not what was taken: expected checksum ${taken}, got ${checksum}. Restore another.`;
  throw new TealError("backup_damaged", message, { data: { cause: "platform", retriable: false } });
}

/** Puts a backup's data in the place of the tenant's. No pod runs by now. */
export async function restoreData(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  const provider = requireBackups(effects.backups);
  const { restoreSeconds } = policyOf(effects, operation);
  const backup = operation.move!.from!;
  await refuseChanged(effects, provider, operation, backup);
  await tenure.permit();
  const signal = AbortSignal.timeout(restoreSeconds * 1000);
  const swap = (snapshot: string) => swapCluster(effects, operation, tenure, snapshot);
  await provider.restore(holdingOf(operation), backup, signal, swap);
  return { event: "restored", message: `The data of backup ${backup} is back.`, data: { backup } };
}
