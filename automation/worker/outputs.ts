import type pino from "pino";
import type { Ledger } from "../ledger/ledger.ts";
import { insertOutputs, type NewOutput } from "../ledger/outputs/insert.ts";
import { pruneOutputs } from "../ledger/outputs/prune.ts";
import type { Outputs } from "./effects.ts";

const writeEveryMs = 1000;
const pruneEveryMs = 3_600_000;
/** While the database is away no more are kept than this: they are for reading, and nothing depends on them. */
const mostKept = 500;

/**
 * Writes what Pulumi prints to the ledger, every second what there is: a flip must not wait for it. A crash loses what
 * has not been written yet. `stop` writes the rest.
 */
export function keepOutputs(
  ledger: Pick<Ledger, "read" | "transaction">,
  log: pino.Logger,
): Outputs & { stop(): Promise<void> } {
  const waiting: NewOutput[] = [];
  const write = async () => {
    const batch = waiting.splice(0);
    if (batch.length === 0) return;
    try {
      await ledger.transaction((tx) => insertOutputs(tx, batch));
    } catch (error) {
      log.warn({ err: error }, "what Pulumi printed could not be written down; it is tried again");
      waiting.unshift(...batch);
    }
  };
  const prune = () =>
    ledger.read(pruneOutputs).catch((error: unknown) => log.warn({ err: error }, "old outputs could not be pruned"));
  let busy: Promise<void> = prune();
  const writing = setInterval(() => (busy = busy.then(write)), writeEveryMs);
  const pruning = setInterval(() => (busy = busy.then(prune)), pruneEveryMs);
  return {
    add(output) {
      waiting.push(output);
      if (waiting.length > mostKept) waiting.shift();
    },
    async stop() {
      clearInterval(writing);
      clearInterval(pruning);
      await busy;
      await write();
    },
  };
}
