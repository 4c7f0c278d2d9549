import type pino from "pino";
import { holdingOf } from "../backups/holding.ts";
import { recordPruned, takeDue, type Due } from "../ledger/offboardings/prune.ts";
import type { TenantKeys } from "../offboarding/keys.ts";
import type { Effects } from "./effects.ts";
import { keepRounds } from "./rounds.ts";

const everySeconds = 10;
const atOnce = 20;

export interface RetentionOptions {
  effects: Pick<Effects, "ledger" | "backups">;
  /** Null: tenants have no keys of their own here. */
  keys: TenantKeys | null;
  log: pino.Logger;
}

/**
 * Deletes what was kept of tenants that have left, once it was kept for as long as was said: backups, export, settings,
 * and last the keys, without which no backup could be read. What a crash or `stop()` cuts off is done again.
 */
export function startRetention(options: RetentionOptions): { stop(): Promise<void> } {
  return keepRounds(
    everySeconds * 1000,
    (signal) => pruneDue(options, signal),
    (error) =>
      options.log.warn({ err: error }, "what is kept of tenants that left could not be looked over; it is tried again"),
  );
}

/** One round. What fails is logged, and is due again in the next. */
export async function pruneDue(options: RetentionOptions, signal: AbortSignal): Promise<void> {
  const { ledger } = options.effects;
  const due = await ledger.transaction((tx) => takeDue(tx, atOnce));
  for (const one of due) {
    if (signal.aborted) return;
    await forget(options, one, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      options.log.warn(
        { err: error, ...one },
        "what is kept of a tenant that left could not be deleted; it is tried again",
      );
    });
  }
}

async function forget(
  { effects: { ledger, backups }, keys }: RetentionOptions,
  due: Due,
  signal: AbortSignal,
): Promise<void> {
  const { tenant } = due;
  for (const { id, provider } of due.backups) {
    signal.throwIfAborted();
    if (provider !== backups?.name)
      throw new Error(`Backup ${id} is with provider ${provider}, which is not set up for this worker.`);
    await backups.prune(holdingOf(due), id);
  }
  const staying = due.others.filter(({ stays }) => stays);
  const ending = (await keys?.scheduleDeletion(due.others.filter(({ stays }) => !stays))) ?? [];
  const told = ending.map(({ what, id, until }) => ` ${what} ${id} is deleted at ${until}.`).join("");
  const message = `What was kept of tenant ${tenant} is deleted: ${due.backups.length} backups, its export and its settings.${told}`;
  await ledger.transaction((tx) => recordPruned(tx, due, { others: [...ending, ...staying], message }));
}
