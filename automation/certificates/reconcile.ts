import { planCertificates } from "../../tenant/plan/certificates/plan.ts";
import { readObserved } from "../ledger/environments/observe.ts";
import { noteCertificateConcerns } from "../ledger/certificates/concerns.ts";
import { readProblem } from "../ledger/certificates/problem.ts";
import { carryOut } from "./carryOut.ts";
import { concernsOf } from "./concerns.ts";
import { factsOf, readBooks, type Books } from "./facts.ts";
import { hostnamesOf } from "./hostnames.ts";
import { look } from "./look.ts";
import { attempt, type Round } from "./round.ts";

/** No plan takes as many rounds; whatever does is a mistake that must not run hot. */
const mostRounds = 1000;

/** Nothing is changed in an environment that is only observed, which it may be from one moment to the next. */
const isObserved = async ({ ledger, environment }: Round): Promise<boolean> =>
  (await ledger.read((db) => readObserved(db, environment))) !== null;

/**
 * Brings an environment's certificates to where its host names want them, as far as that goes now: looks at what there is,
 * asks the plan, does what it says, and looks again until there is nothing left to do but wait. Whoever stops it anywhere
 * and begins again goes on where it was. Throws what the provider and the ledger throw.
 */
export async function reconcile(round: Round): Promise<void> {
  for (let i = 0; i < mostRounds && !round.signal.aborted; i++) {
    if (await isObserved(round)) return;
    round.changed = false;
    await look(round, await booksOf(round));
    const books = await booksOf(round);
    const { steps } = planCertificates(factsOf(books, round, round.setup, round.now()));
    for (const step of steps) {
      if (round.signal.aborted || (await isObserved(round))) return;
      await attempt(round, () => carryOut(round, step, books));
    }
    if (round.troubles.length > 0) throw round.troubles[0];
    if (steps.length === 0 && !round.changed) return;
  }
}

/** Writes down what a person has to be told of, as the ledger has it now. */
export async function noteConcerns(round: Round): Promise<void> {
  const { ledger, environment, setup, now } = round;
  const books = await booksOf(round);
  const at = now();
  const { overQuota } = planCertificates(factsOf(books, round, setup, at));
  const hostnames = hostnamesOf(books, round, new Set(overQuota), at);
  await ledger.transaction(async (tx) => {
    const problem = await readProblem(tx, environment);
    const concerns = concernsOf({ hostnames, problem, pace: setup.pace, environment, now: at });
    await noteCertificateConcerns(tx, environment, concerns);
  });
}

function booksOf(round: Round): Promise<Books> {
  return round.ledger.read((db) => readBooks(db, round));
}
