import type { Ledger } from "../ledger/ledger.ts";
import type { Metrics } from "./metrics.ts";

/** The ledger, for a worker whose every step is counted: all that changes an operation under way goes through it. */
export function measured(ledger: Ledger, metrics: Metrics): Ledger {
  return {
    ...ledger,
    async claim(...args) {
      const claim = await ledger.claim(...args);
      if (claim?.takenOver) metrics.takenOver(1);
      return claim;
    },
    async advance(held, progress) {
      const after = await ledger.advance(held, progress);
      if (progress.change) metrics.advanced(held.operation, after.operation);
      return after;
    },
  };
}
