import type { Layout } from "../../model/layout.ts";
import type { MachineEvent } from "../../model/machine/table.ts";
import type { Memory, Outcome } from "../../model/operation.ts";
import { asking, type Surprise } from "../drift/surprise.ts";
import type { Advance } from "../ledger/claims.ts";

/** Somebody else has been at work: a person has to say what is right. */
export function surprised(surprise: Surprise): Seen {
  return { event: "surprised", message: surprise.message, outcome: asking(surprise) };
}

/** What came of doing an action. */
export type Seen =
  /** It is done, or has failed for good: `event` says which to the machine. */
  | {
      event: MachineEvent;
      message: string;
      outcome?: Outcome;
      /** The layout that the stack now has. */
      layout?: Layout;
      readiness?: Advance["readiness"];
      backup?: Advance["backup"];
      exported?: Advance["exported"];
      removed?: Advance["removed"];
      data?: Record<string, unknown>;
    }
  /** Not yet; look again in `retrySeconds`. `overdue` becomes the outcome if it takes too long. */
  | {
      pending: string;
      retrySeconds: number;
      overdue: Outcome;
      /** Set when it is trouble that is waited out, and shown as why the operation waits. */
      trouble?: Outcome;
      layout?: Layout;
      readiness?: Advance["readiness"];
      memory?: Memory;
    };
