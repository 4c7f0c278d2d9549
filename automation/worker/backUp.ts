import { TealError } from "../../model/errors.ts";
import type { Operation } from "../../model/operation.ts";
import type { Policy } from "../../model/policy.ts";
import type { BackupProvider } from "../backups/provider.ts";
import { holdingOf } from "../backups/holding.ts";
import { backupsBeyond } from "../ledger/backups/beyond.ts";
import { policyOf, type Effects, type Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/**
 * Takes a backup of the tenant's data and checks it, then drops those that the policy doesn't keep. It has the operation's
 * id, so that after a crash it is the same one.
 */
export async function backUp(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  const provider = requireBackups(effects.backups);
  const policy = policyOf(effects, operation);
  const holding = holdingOf(operation);
  await tenure.permit();
  await take(effects, provider, operation, policy);
  const taken = await provider.verify(holding, operation.id);
  const { layout } = await effects.ledger.lookOf(operation);
  const stack = await effects.stacks.lastUpdate({ environment: operation.environment, id: operation.tenant });
  // Those dropped early are among them still: the ledger learns of them with this backup.
  const pruned = await prune(effects, provider, operation, policy.keepBackups - 1);
  const { bytes, files, schemaVersion } = taken;
  return {
    event: "backed-up",
    message: `Backup ${operation.id} is taken and checked: ${files} files, ${bytes} bytes.`,
    // While nobody is served the layout is no more than a stop on the way.
    backup: { provider: provider.name, taken, layout: operation.move!.before ?? layout!, stack, pruned },
    data: { backup: operation.id, bytes, files, ...(schemaVersion !== null && { schemaVersion }), pruned },
  };
}

/** Takes it; where there is no room for one more, those that the policy has no use for make some. */
async function take(
  effects: Effects,
  provider: BackupProvider,
  operation: Operation,
  { backupSeconds, keepBackups }: Policy,
): Promise<void> {
  const attempt = () => provider.take(holdingOf(operation), operation.id, AbortSignal.timeout(backupSeconds * 1000));
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof TealError && error.code === "backup_quota_full")) throw error;
    const dropped = await prune(effects, provider, operation, keepBackups);
    if (dropped.length === 0) throw error;
    await attempt();
  }
}

/** Ids of the backups that were dropped. Never the one that is to be restored. */
async function prune(
  { ledger }: Effects,
  provider: BackupProvider,
  operation: Operation,
  keep: number,
): Promise<string[]> {
  const beyond = await ledger.read((db) => backupsBeyond(db, operation.id, keep));
  const dropped = beyond.filter((id) => id !== operation.move?.from);
  for (const id of dropped) await provider.prune(holdingOf(operation), id);
  return dropped;
}

/** Throws `backups_unavailable`. */
export function requireBackups(provider: BackupProvider | null): BackupProvider {
  if (provider) return provider;
  throw new TealError(
    "backups_unavailable",
    "Nothing is set up here to back tenants' data up: set TEAL_VOLUMES and TEAL_BACKUPS, or TEAL_BACKUP_BUCKET, for the workers.",
    { data: { cause: "platform", retriable: false } },
  );
}
