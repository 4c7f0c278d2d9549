import type pino from "pino";
import { alone } from "../ledger/certificates/alone.ts";
import { noteProblem, readProblem } from "../ledger/certificates/problem.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { Room } from "../room.ts";
import type { CertificateSetup } from "./provider.ts";
import { noteConcerns, reconcile } from "./reconcile.ts";
import type { Round } from "./round.ts";

/** News come in swarms: so long after the first of them a round begins, milliseconds. */
const gatherMilliseconds = 200;
const longestWaitMilliseconds = 300_000;
/** Environments at once: each holds one of the ledger's connections (20), and needs others for its work. */
const atOnce = 4;

export interface ReconcilerOptions {
  ledger: Ledger;
  setup: CertificateSetup;
  domain: string;
  log: pino.Logger;
}

/**
 * Keeps every environment's certificates as its host names want them, each environment by itself: woken by events, such as
 * those of tenants that come and go, and by the clock. Any number of processes share the work; one at a time is at an
 * environment. Trouble is waited out, longer and longer, and told.
 */
export function startReconciler(options: ReconcilerOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const bells = options.setup.environments.map(() => new Bell());
  const off = options.ledger.onEvents(() => bells.forEach((bell) => bell.ring()));
  const room = new Room(atOnce);
  const running = options.setup.environments.map((environment, i) =>
    keep({ ...options, room }, environment, bells[i]!, stopping.signal),
  );
  return {
    async stop() {
      off();
      stopping.abort();
      bells.forEach((bell) => bell.ring());
      await Promise.all(running);
    },
  };
}

async function keep(
  options: ReconcilerOptions & { room: Room },
  environment: string,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  const { setup, log, room } = options;
  for (let failures = 0; !signal.aborted;) {
    const begun = Date.now();
    try {
      failures = (await room.within(signal, () => once(options, environment, signal))) ? 0 : failures + 1;
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      log.warn({ err: error, environment }, "certificates could not be seen to; it is tried again");
    }
    // While there is trouble, news change nothing.
    if (failures > 0) await bell.wait(waitAfter(failures), signal, "clock");
    else await bell.wait(setup.pace.every, signal, "news");
    const rest = setup.pace.rest - (Date.now() - begun);
    if (rest > 0) await bell.wait(rest, signal, "clock");
  }
}

/** 1, 2, 4 … seconds, at most five minutes; less by up to half, so that many don't come back at once. */
export function waitAfter(failures: number, random = Math.random()): number {
  return Math.min(longestWaitMilliseconds, 1000 * 2 ** (failures - 1)) * (1 - random / 2);
}

/** One round, where nobody else is at it. Gives whether the provider could be worked with; throws what the ledger throws. */
async function once(options: ReconcilerOptions, environment: string, signal: AbortSignal): Promise<boolean> {
  const { ledger, setup, domain, log } = options;
  const round: Round = { ledger, setup, environment, domain, now: Date.now, signal, changed: false, troubles: [] };
  const result = await ledger.read((db) =>
    alone(db, environment, async () => {
      const problem = await reconcile(round).then(
        () => null,
        (error: unknown) => {
          log.warn({ err: error, environment }, "the certificates' provider gives trouble; it is tried again");
          return error instanceof Error ? error.message : String(error);
        },
      );
      if (signal.aborted) return true;
      const known = await ledger.read((tx) => readProblem(tx, environment));
      if ((known?.message ?? null) !== problem)
        await ledger.transaction((tx) => noteProblem(tx, environment, problem, new Date()));
      await noteConcerns(round);
      return problem === null;
    }),
  );
  return result ?? true;
}

/** What rings while nobody waits is heard by the next who does. */
class Bell {
  #rung = false;
  #wake: () => void = () => undefined;

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Resolves after so long, when `signal` aborts, or, where it waits for news, a moment after the bell has rung. */
  async wait(milliseconds: number, signal: AbortSignal, what: "news" | "clock"): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        if (signal.aborted) {
          clearTimeout(timer);
          resolve();
        } else if (what === "news") {
          this.#wake = () => undefined;
          clearTimeout(timer);
          timer = setTimeout(resolve, gatherMilliseconds);
        }
      };
      if (this.#rung) this.#wake();
    });
    this.#wake = () => undefined;
    if (what === "news") this.#rung = false;
  }
}
