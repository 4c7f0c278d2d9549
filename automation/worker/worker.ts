import type pino from "pino";
import { TealError } from "../../model/errors.ts";
import type { Claim } from "../ledger/claims.ts";
import type { Queue } from "../queue/queue.ts";
import { removeWorkers } from "../ledger/workers/remove.ts";
import { reportWorker } from "../ledger/workers/report.ts";
import { drive } from "./drive.ts";
import type { Effects } from "./effects.ts";

/** A worker that has not renewed its lease for this long is taken for dead, seconds. */
const leaseSeconds = 12;
const renewEverySeconds = 4;
const sweepEverySeconds = 3;
const reportEverySeconds = 5;
/** How long actions under way may take once the worker stops, seconds. */
const stopSeconds = 8;

export interface WorkerOptions {
  effects: Effects;
  queue: Queue;
  log: pino.Logger;
  /** Unique to this process, e.g. host:pid:start. */
  name: string;
  version: string;
  /** Operations driven at once; most of them wait most of the time. */
  concurrency: number;
}

/** An operation that this worker is driving. */
interface Driven {
  claim: Claim;
  abort: AbortController;
  /** Ends the sleep under way, if any. */
  wake: () => void;
}

/**
 * Drives operations as the queue wakes them. `stop()` lets actions under way end, gives all operations back and resolves.
 * Database errors are logged and tried again; nothing is lost, since the sweeper wakes what was forgotten.
 */
export function startWorker(options: WorkerOptions): { stop(): Promise<void> } {
  const { effects, queue, log, name } = options;
  const driven = new Map<string, Driven>();
  const lookedAt = new Set<string>();

  const handle = async (operationId: string) => {
    const already = driven.get(operationId);
    if (already) return already.wake();
    const claim = await effects.ledger.claim(operationId, name, leaseSeconds);
    if (!claim) return;
    const abort = new AbortController();
    const entry: Driven = { claim, abort, wake: () => {} };
    driven.set(operationId, entry);
    try {
      await drive({ effects, log, signal: abort.signal, lookedAt, sleep: (ms) => sleep(ms, entry) }, claim);
    } catch (error) {
      logLost(log, operationId, error);
    } finally {
      driven.delete(operationId);
    }
  };

  const work = queue.work(handle, { concurrency: options.concurrency });
  const renewal = every(renewEverySeconds, log, "renewing leases", async () => {
    const leases = [...driven].map(([operation, { claim }]) => ({ operation, fence: claim.fence }));
    if (leases.length === 0) return;
    for (const lost of await effects.ledger.renew(leases, leaseSeconds)) driven.get(lost)?.abort.abort();
  });
  const sweeping = every(sweepEverySeconds, log, "sweeping", () => effects.ledger.sweep(new Date()));
  const report = () => effects.ledger.read((db) => reportWorker(db, name, options.version));
  const reporting = every(reportEverySeconds, log, "reporting", report);
  void report().catch((error: unknown) => log.error({ err: error }, "reporting failed; it is tried again"));

  return {
    async stop() {
      await Promise.all([renewal.stop(), sweeping.stop(), reporting.stop()]);
      for (const { abort, wake } of driven.values()) {
        abort.abort();
        wake();
      }
      // Actions under way may end; one that hangs is cut off, which is no worse than a crash: it is done again.
      await Promise.race([(await work).stop(), new Promise((done) => setTimeout(done, stopSeconds * 1000))]);
      const remove = effects.ledger.read((db) => removeWorkers(db, name));
      await remove.catch((error: unknown) => log.warn({ err: error }, "the worker stays listed for a day"));
    },
  };
}

/** Sleeps until `ms` have passed, the operation is woken or its worker stops. */
function sleep(ms: number, entry: Driven): Promise<void> {
  if (entry.abort.signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    entry.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** Losing an operation is no harm: its lease runs out and the sweeper wakes it, here or elsewhere. */
function logLost(log: pino.Logger, operation: string, error: unknown): void {
  if (error instanceof TealError && error.code === "lease_lost") {
    log.warn({ operation }, "another worker has taken the operation over");
    return;
  }
  log.error({ err: error, operation }, "an operation was dropped; it will be taken up again");
}

/** Runs `task` every `seconds`, never twice at once; errors are logged and the next round tries again. */
function every(
  seconds: number,
  log: pino.Logger,
  what: string,
  task: () => Promise<unknown>,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(async () => {
      await task().catch((error: unknown) => log.error({ err: error }, `${what} failed; it is tried again`));
    });
  }, seconds * 1000);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
