import type { ToldAlert } from "./told.ts";

/** The last time an alert of this fingerprint fired, as far as the ledger knows. */
export interface KnownAlert {
  startsAt: Date;
  /** Null: it fires still. */
  endedAt: Date | null;
  /** It ended because nobody spoke of it any more. */
  lapsed: boolean;
}

/**
 * What one call means for what is known. `supersede`: the old firing ended unheard, and a new one began. `record`: it is over
 * before Teal had heard of it.
 */
export type Settlement = "open" | "renew" | "reopen" | "supersede" | "end" | "record" | "ignore";

/**
 * Alertmanager tells everything at least once, its replicas each for itself, and in any order: what is late or told already
 * changes nothing. Of one alert it may move the beginning back, where another Prometheus saw it earlier.
 */
export function settle(known: KnownAlert | undefined, told: Pick<ToldAlert, "startsAt" | "endedAt">): Settlement {
  return told.endedAt === null ? fires(known, told.startsAt) : isOver(known, told.endedAt);
}

function fires(known: KnownAlert | undefined, startsAt: Date): Settlement {
  if (!known) return "open";
  const isNew = startsAt > known.startsAt;
  if (known.endedAt === null) return isNew ? "supersede" : "renew";
  if (isNew) return "open";
  return known.lapsed ? "reopen" : "ignore";
}

function isOver(known: KnownAlert | undefined, endedAt: Date): Settlement {
  if (!known) return "record";
  return known.endedAt === null && endedAt >= known.startsAt ? "end" : "ignore";
}
