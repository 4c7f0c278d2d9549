import type pino from "pino";
import { lapsedEvent } from "./events.ts";
import { lapseAlerts, pruneAlerts } from "../ledger/alerts/lapse.ts";
import { lockAlerts } from "../ledger/alerts/known.ts";
import { appendEvents } from "../ledger/events/append.ts";
import type { Ledger } from "../ledger/ledger.ts";

const lapseEveryMs = 15_000;
const pruneEveryMs = 3_600_000;

/** Takes alerts as over that Alertmanager has gone silent about, and forgets old ones. Any number of workers may do so. */
export function keepAlerts(ledger: Pick<Ledger, "transaction">, log: pino.Logger): { stop(): Promise<void> } {
  const told = (what: string) => (error: unknown) => log.warn({ err: error }, `${what}; it is tried again`);
  const lapse = () => ledger.transaction(lapseTold).catch(told("alerts could not be looked over"));
  const prune = () => ledger.transaction(pruneAlerts).catch(told("old alerts could not be forgotten"));
  let busy: Promise<unknown> = lapse().then(prune);
  const lapsing = setInterval(() => (busy = busy.then(lapse)), lapseEveryMs);
  const pruning = setInterval(() => (busy = busy.then(prune)), pruneEveryMs);
  return {
    async stop() {
      clearInterval(lapsing);
      clearInterval(pruning);
      await busy;
    },
  };
}

type Tx = Parameters<Parameters<Ledger["transaction"]>[0]>[0];

/** Ends what has lapsed, with an event for each. */
export async function lapseTold(tx: Tx): Promise<void> {
  await lockAlerts(tx);
  const lapsed = await lapseAlerts(tx);
  await appendEvents(
    tx,
    lapsed.map((row) => lapsedEvent(row.id, row)),
  );
}
