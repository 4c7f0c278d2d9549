import { Gauge, type Registry } from "prom-client";
import type { Ledger } from "../ledger/ledger.ts";
import { readFigures, type LedgerFigures } from "../ledger/overview/figures.ts";

/** Figures are read once for all gauges of a scrape, milliseconds. */
const freshMilliseconds = 1000;
/** A scrape goes without them after this. */
const patienceMilliseconds = 5000;

interface Spec {
  name: string;
  help: string;
  labels: string[];
  values(figures: LedgerFigures): { labels?: Record<string, string>; value: number }[];
}

const waiting = ({ operations }: LedgerFigures) => operations.filter(({ state }) => state === "waiting");

const specs: Spec[] = [
  {
    name: "teal_operations_unfinished",
    help: "Operations that have not ended",
    labels: ["environment", "kind", "state"],
    values: ({ operations }) =>
      operations.map(({ environment, kind, state, count }) => ({ labels: { environment, kind, state }, value: count })),
  },
  {
    name: "teal_operations_oldest_seconds",
    help: "How long the oldest operation in a state has been in it",
    labels: ["environment", "state"],
    values: ({ operations }) =>
      [...Map.groupBy(operations, ({ environment, state }) => `${environment} ${state}`).values()].map((sharing) => ({
        labels: { environment: sharing[0]!.environment, state: sharing[0]!.state },
        value: Math.max(...sharing.map(({ oldestSeconds }) => oldestSeconds)),
      })),
  },
  {
    name: "teal_queue_depth",
    help: "Operations that could begin and that no worker has taken yet",
    labels: [],
    values: (figures) => [{ value: waiting(figures).reduce((sum, { count }) => sum + count, 0) }],
  },
  {
    name: "teal_queue_oldest_seconds",
    help: "How long the longest of them has waited; 0 where none does",
    labels: [],
    values: (figures) => [{ value: Math.max(0, ...waiting(figures).map(({ oldestSeconds }) => oldestSeconds)) }],
  },
  {
    name: "teal_workers",
    help: "Workers that have reported of late, and those that have gone silent",
    labels: ["state"],
    values: ({ workers }) => Object.entries(workers).map(([state, value]) => ({ labels: { state }, value })),
  },
  {
    name: "teal_notices_due",
    help: "Notices that webhooks are still to be told",
    labels: [],
    values: ({ notices }) => [{ value: notices.due }],
  },
  {
    name: "teal_notices_oldest_seconds",
    help: "How long the oldest of them has been due; 0 where none is",
    labels: [],
    values: ({ notices }) => [{ value: notices.oldestSeconds }],
  },
  {
    name: "teal_alerts_firing",
    help: "Alerts that Alertmanager has told and that fire",
    labels: ["severity"],
    values: ({ alerts }) => Object.entries(alerts).map(([severity, value]) => ({ labels: { severity }, value })),
  },
];

/**
 * Registers what the ledger shows of all processes together, read at each scrape. By servers only: as many workers would show the
 * same as many times. While the ledger doesn't answer there are none of these but `teal_ledger_up`, which is 0.
 */
export function ledgerGauges(registry: Registry, ledger: Pick<Ledger, "read">): void {
  const read = shared(() => within(patienceMilliseconds, ledger.read(readFigures)));
  for (const { name, help, labels: labelNames, values } of specs) {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const figures = await read();
        this.reset();
        // Without labels a reset leaves a 0, which would say that there is nothing.
        if (figures === null && labelNames.length === 0) this.remove();
        for (const { labels, value } of figures ? values(figures) : []) this.set(labels ?? {}, value);
      },
    });
  }
  new Gauge({
    name: "teal_ledger_up",
    help: "1 while the ledger answers",
    registers: [registry],
    async collect() {
      this.set((await read()) === null ? 0 : 1);
    },
  });
}

/** Null where the ledger doesn't answer: its gauge says so. */
function shared(read: () => Promise<LedgerFigures>): () => Promise<LedgerFigures | null> {
  let last: { at: number; figures: Promise<LedgerFigures | null> } | undefined;
  return () => {
    if (!last || performance.now() - last.at > freshMilliseconds) {
      last = { at: performance.now(), figures: read().catch(() => null) };
    }
    return last.figures;
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
