/** The actions that are the driver's own and touch nothing but the ledger: begin, wait, rest. */
import pg from "pg";
import type { Advance, Claim } from "../../automation/ledger/claims.ts";
import type { Ledger } from "../../automation/ledger/ledger.ts";
import type { Action } from "../../model/machine/next.ts";
import type { Operation } from "../../model/operation.ts";
import { die, isAt, readPlan, type Moment } from "./plan.ts";

interface Own {
  operation: string;
  moment: Moment;
  isDone: (progress: Advance) => boolean;
}

let own: Own | undefined;
let dieAtCommit = false;

/** The driver has decided on an action; it has done nothing yet. */
export function decided(operation: Operation, action: Action): void {
  const { kill } = readPlan();
  if (!kill || !isAt(operation, action, kill)) return;
  if (action.do !== "begin" && action.do !== "wait" && action.do !== "rest") return;
  if (kill.moment === "before") die();
  const leaves = (progress: Advance) => progress.change !== undefined && progress.change.phase !== operation.phase;
  const isDone = action.do === "wait" && action.done !== undefined ? leaves : () => true;
  own = { operation: operation.id, moment: kill.moment, isDone };
}

/** The ledger as it is, but for a death in or after the commit that the action is about. */
export function watched(ledger: Ledger): Ledger {
  return {
    ...ledger,
    async advance(claim: Claim, progress: Advance) {
      const mine = own?.operation === claim.operation.id ? own : undefined;
      dieAtCommit = mine?.moment === "during";
      const advanced = await ledger.advance(claim, progress);
      if (mine?.moment === "after" && mine.isDone(progress)) die();
      return advanced;
    },
  };
}

/** The driver's sleep: a wait of a second or two is sat out, and has no commit to die in. */
export function watchedSleep(operation: string, sleep: (ms: number) => Promise<void>): (ms: number) => Promise<void> {
  return async (ms) => {
    if (own?.operation === operation && own.moment === "during") die();
    await sleep(ms);
  };
}

/** Has the transactions of this process looked at: each ends with the text `commit`. */
export function watchCommits(): void {
  const real = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const query = function (this: pg.Client, ...args: unknown[]): unknown {
    const [first] = args;
    const text = typeof first === "string" ? first : (first as { text?: string } | undefined)?.text;
    if (dieAtCommit && text === "commit") die();
    return real.apply(this, args);
  };
  pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
}
