import { TealError } from "../../model/errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { CertificateSetup } from "./provider.ts";

/** One round of work on an environment's certificates. */
export interface Round {
  ledger: Ledger;
  setup: CertificateSetup;
  environment: string;
  /** Teal gives tenants host names below `<environment>.<domain>`. */
  domain: string;
  /** Milliseconds since 1970. */
  now: () => number;
  signal: AbortSignal;
  /** Set where something was found to have moved, so that there may be more to do. */
  changed: boolean;
  /** What went wrong in this round, and kept nothing else from being done. */
  troubles: unknown[];
}

/** With so many things gone wrong, it is the provider, and the rest would go no better. */
const mostTroubles = 3;

/** Does something on which nothing else rests: where it goes wrong, the rest is done, unless too much has gone wrong. */
export async function attempt({ troubles }: Round, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    troubles.push(error);
    if (troubles.length >= mostTroubles) throw error;
  }
}

/** Why the provider will not have this request, whenever it is made; null for any other error. */
export function refusedBy(error: unknown): string | null {
  return error instanceof TealError && error.code === "certificate_refused" ? error.message : null;
}
