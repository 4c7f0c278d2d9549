import type pino from "pino";
import { rpoSeconds } from "../../model/drill.ts";
import { TealError } from "../../model/errors.ts";
import { holdingOf } from "../backups/holding.ts";
import type { BackupProvider } from "../backups/provider.ts";
import { askForDueDrills, lockDrills } from "../ledger/drills/ask.ts";
import { drillFailed, drillPassed, dropIfPruned, type DrillFigures } from "../ledger/drills/settle.ts";
import { giveDrillBack, renewDrill, takeDrills, type TakenDrill } from "../ledger/drills/take.ts";
import { tellOfOverdue } from "../ledger/drills/tell.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { keepRounds } from "./rounds.ts";

/** In the whole installation: a drill reads and writes as much as a restore does. */
const atOnce = 2;
const leaseSeconds = 30;
const renewEveryMilliseconds = 10_000;
const lookEveryMilliseconds = 3000;
/** Between two looks for those that are overdue, in rounds. */
const overdueEveryRounds = 20;

export interface DrillsOptions {
  ledger: Ledger;
  backups: BackupProvider;
  environments: readonly string[];
  /** Where an environment has no policy. */
  restoreSeconds: number;
  log: pino.Logger;
}

/**
 * Does the restore drills that policies want and people ask for. Any number of workers share them; what one that died had
 * taken, another begins anew. `stop()` cuts off those under way, gives them back and resolves.
 */
export function startDrills(options: DrillsOptions): { stop(): Promise<void> } {
  const { log } = options;
  const under = new Set<Promise<void>>();
  let count = 0;
  const round = async (stopping: AbortSignal) => {
    const taken = await find(options, atOnce - under.size, count++ % overdueEveryRounds === 0);
    for (const drill of taken) {
      const one: Promise<void> = carryOut(options, drill, stopping).finally(() => under.delete(one));
      under.add(one);
    }
  };
  const failed = (error: unknown) => log.warn({ err: error }, "restore drills could not be looked for; tried again");
  const rounds = keepRounds(lookEveryMilliseconds, round, failed);
  return {
    async stop() {
      await rounds.stop();
      await Promise.all(under);
    },
  };
}

function find({ ledger, environments }: DrillsOptions, room: number, overdueToo: boolean): Promise<TakenDrill[]> {
  return ledger.transaction(async (tx) => {
    await lockDrills(tx);
    if (room > 0) await askForDueDrills(tx, environments, room);
    const taken = await takeDrills(tx, environments, { room, atOnce, leaseSeconds });
    if (overdueToo) await tellOfOverdue(tx, environments);
    return taken;
  });
}

/** Never rejects: what it couldn't write down is taken up again once its lease has run out. */
async function carryOut(options: DrillsOptions, drill: TakenDrill, stopping: AbortSignal): Promise<void> {
  const { ledger, log } = options;
  const lost = new AbortController();
  const renewal = setInterval(() => void renew(options, drill, lost), renewEveryMilliseconds);
  const limit = AbortSignal.timeout((drill.restoreSeconds ?? options.restoreSeconds) * 1000);
  try {
    const figures = await measure(options, drill, AbortSignal.any([stopping, lost.signal, limit]));
    await ledger.transaction((tx) => drillPassed(tx, drill, figures));
  } catch (error) {
    await settleFailure(options, drill, { error, stopping, lost: lost.signal, limit }).catch((cause: unknown) =>
      log.error({ err: cause, drill: drill.id }, "a restore drill could not be written down; it is done again"),
    );
  } finally {
    clearInterval(renewal);
  }
}

async function renew({ ledger, log }: DrillsOptions, drill: TakenDrill, lost: AbortController): Promise<void> {
  try {
    if (!(await ledger.read((db) => renewDrill(db, drill, leaseSeconds)))) lost.abort();
  } catch (error) {
    log.warn({ err: error, drill: drill.id }, "the lease of a restore drill could not be renewed; tried again");
  }
}

async function measure({ backups }: DrillsOptions, drill: TakenDrill, signal: AbortSignal): Promise<DrillFigures> {
  const holding = holdingOf(drill);
  const { restoredTo, newestWriteAt, checksum, bytes, files, seconds } = await backups.drill(
    holding,
    drill.backup,
    signal,
  );
  if (checksum !== drill.checksum) throw changed(drill, checksum);
  const rpo = rpoSeconds(new Date(), restoredTo, await backups.lastWrite(holding));
  return { restoredTo, newestWriteAt, rpoSeconds: rpo, rtoSeconds: seconds, bytes, files };
}

async function settleFailure(
  { ledger, log }: DrillsOptions,
  drill: TakenDrill,
  { error, stopping, lost, limit }: { error: unknown; stopping: AbortSignal; lost: AbortSignal; limit: AbortSignal },
): Promise<void> {
  if (lost.aborted) return;
  if (stopping.aborted) return await ledger.read((db) => giveDrillBack(db, drill));
  const gone = error instanceof TealError && error.code === "backup_missing";
  if (gone && (await ledger.transaction((tx) => dropIfPruned(tx, drill)))) return;
  const { environment, tenant, backup } = drill;
  log.warn({ err: error, environment, tenant, backup }, "a restore drill failed");
  const why = limit.aborted ? tooLong(drill) : error;
  await ledger.transaction((tx) => drillFailed(tx, drill, reasonOf(why)));
}

function reasonOf(error: unknown): { code: string; message: string } {
  if (error instanceof TealError) return { code: error.code, message: error.message };
  return { code: "drill_failed", message: `The drill failed: ${(error as Error).message}` };
}

function changed({ backup, checksum }: TakenDrill, got: string): TealError {
  const message = `Backup ${backup} is whole, but not what was taken: expected checksum ${checksum}, got ${got}.`;
  return new TealError("backup_damaged", message);
}

function tooLong({ backup }: TakenDrill): TealError {
  const message = `Restoring backup ${backup} for a try took longer than the policy gives a restore (restoreSeconds).`;
  return new TealError("drill_too_long", message);
}
