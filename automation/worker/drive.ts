import type pino from "pino";
import { TealError } from "../../model/errors.ts";
import { backoffSeconds, limitSeconds } from "../../model/machine/limits.ts";
import { heldBy, type Hold } from "../../model/machine/hours.ts";
import { next, type Action } from "../../model/machine/next.ts";
import { step } from "../../model/machine/step.ts";
import type { MachineEvent } from "../../model/machine/table.ts";
import type { Memory, Outcome } from "../../model/operation.ts";
import type { Claim } from "../ledger/claims.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { advanceBy, note } from "./advance.ts";
import { policyOf, type Effects, type Tenure } from "./effects.ts";
import { perform } from "./perform.ts";
import { look } from "./look.ts";
import { surprised, type Seen } from "./seen.ts";
import { troubleOf } from "./trouble.ts";

/** Waits up to this long are sat out in process; longer ones give the operation back to the queue. Seconds. */
const sitOutSeconds = 2;
/** Failures in a row after which an error that no retry should mend is believed, when going back. */
const believeAfter = 5;

/** How much the clocks of two workers may differ before one is taken to have been set, seconds. */
const skewSeconds = 5;

/** What driving an operation needs from its worker. */
export interface Driver {
  effects: Effects;
  log: pino.Logger;
  /** Aborted when the worker stops or has lost the operation's lease. */
  signal: AbortSignal;
  /** Operations that were looked at here before they went on: see look.ts. */
  lookedAt: Set<string>;
  /** Resolves after `ms`, or sooner when somebody asks something of the operation or the worker stops. */
  sleep(ms: number): Promise<void>;
}

/**
 * Takes an operation as far as it goes now: action after action, each seen by the machine and committed to the ledger,
 * until it ends, a person has to act, or the next look is some time off. A crash at any point repeats one action.
 */
export async function drive(driver: Driver, first: Claim): Promise<void> {
  let claim: Claim | null = first;
  while (claim && !driver.signal.aborted) {
    claim = await turn(driver, claim);
  }
  if (claim) await driver.effects.ledger.advance(claim, { events: [], release: true, wakeAt: new Date() });
}

/** One round: what was asked, else the next action. Null when the operation has been given back. */
async function turn(driver: Driver, claim: Claim): Promise<Claim | null> {
  const { operation, environmentStopped, environmentObserved, freeze } = claim;
  const { ledger } = driver.effects;
  if (operation.request) return await obey(driver, claim);

  const now = new Date();
  if (Date.parse(operation.memory.phaseSince) > now.getTime() + skewSeconds * 1000)
    return await setBack(driver, claim, now);
  const action = next(operation, { now, stopped: environmentStopped, observed: environmentObserved, freeze });
  const held = heldBy(operation.outcome);
  if (held && !(action.do === "wait" && heldBy(action.why))) return await goOn(driver, claim, now, held);
  if (action.do !== "rest" && action.do !== "wait" && !driver.lookedAt.has(operation.id)) {
    return await lookFirst(driver, claim, action);
  }
  switch (action.do) {
    case "rest":
      await ledger.advance(claim, { events: [], release: true });
      return null;
    case "wait":
      return await wait(driver, claim, action);
    case "begin":
      return await report(driver, claim, { event: "started", message: `The ${operation.kind} begins.` });
    default: {
      const seen = await perform(driver.effects, operation, action, tenureOf(ledger, claim)).catch((error: unknown) =>
        trouble(driver, claim, error),
      );
      return await report(driver, claim, seen, now);
    }
  }
}

function tenureOf(ledger: Ledger, claim: Claim): Tenure {
  return {
    async permit() {
      const { environmentObserved } = await ledger.reload(claim);
      if (environmentObserved) throw observed(claim.operation.environment);
    },
    async tellRepaired(repaired) {
      const events = repaired.map((message) => ({ type: "repaired", message }));
      if (events.length > 0) await ledger.advance(claim, { events });
    },
    async tellClusters(clusters) {
      await ledger.advance(claim, { clusters, events: [] });
    },
  };
}

/** Somebody has it observed since the action was decided on. */
function observed(environment: string): TealError {
  const message = `Environment ${environment} is only observed: nothing is written there.`;
  return new TealError("environment_observed", message, { data: { cause: "person", retriable: true, evidence: [] } });
}

/** Sees that all is as Teal left it, before an operation goes on that this worker has not driven so far. */
async function lookFirst(driver: Driver, claim: Claim, action: Action): Promise<Claim | null> {
  const { operation } = claim;
  try {
    const surprise = operation.memory.trusting ? null : await look(driver.effects, operation, action);
    if (surprise) return await report(driver, claim, surprised(surprise));
  } catch (error) {
    const seen = trouble(driver, claim, error);
    // How long it was in the queue is no part of how long looking may take.
    const first = "memory" in seen && operation.phase === "queued" && operation.memory.attempts === 0;
    if (first) seen.memory = { ...seen.memory!, phaseSince: new Date().toISOString() };
    return await report(driver, claim, seen);
  }
  driver.lookedAt.add(operation.id);
  return claim;
}

/** Does what a person asked, if it still means something; either way the request is answered. Null: that ended it. */
async function obey({ effects }: Driver, claim: Claim): Promise<Claim | null> {
  const request = claim.operation.request!;
  const outcome: Outcome = {
    code: `${request.name}_requested`,
    cause: "person",
    message: `${request.actor} asked for ${request.name}: ${request.reason}`,
    evidence: [{ source: "person", text: request.reason }],
  };
  const change = step(claim.operation, request.name as MachineEvent, new Date(), outcome);
  const message = change ? outcome.message : `${outcome.message} (too late: the operation is ${claim.operation.phase})`;
  const event = { type: request.name, message, data: { actor: request.actor, reason: request.reason } };
  const progress = { ...(change && { change }), clearRequest: request, events: [event] };
  const advanced = await effects.ledger.advance(claim, progress);
  return change?.endedAt ? null : advanced;
}

/** A phase that is to begin only in an hour would be waited in for that hour: what it waits for is counted anew. */
async function setBack({ effects }: Driver, claim: Claim, now: Date): Promise<Claim> {
  const { phaseSince } = claim.operation.memory;
  const message = `The clock was set back: ${claim.operation.phase} was entered at ${phaseSince}, which is yet to come. Its times are counted from now.`;
  return await effects.ledger.advance(claim, {
    memory: { ...claim.operation.memory, phaseSince: now.toISOString() },
    events: [{ type: "clock", message }],
  });
}

const over: Record<Hold, string> = {
  environment_observed: "The environment is managed again",
  environment_stopped: "The environment was resumed",
  frozen: "The freeze is over",
  outside_window: "The maintenance window has begun",
};

/** What held the operation up is over: it goes on, and its time limit begins anew. */
async function goOn({ effects }: Driver, claim: Claim, now: Date, held: Hold): Promise<Claim> {
  const { operation } = claim;
  const memory = { ...operation.memory, phaseSince: now.toISOString() };
  return await effects.ledger.advance(claim, {
    ...note(operation, { outcome: null, memory }),
    events: [{ type: "resumed", message: `${over[held]}; the operation goes on.` }],
  });
}

async function wait(driver: Driver, claim: Claim, action: Extract<Action, { do: "wait" }>): Promise<Claim | null> {
  const { operation } = claim;
  const { ledger } = driver.effects;
  const left = action.until.getTime() - Date.now();
  const tell = action.why && operation.outcome?.message !== action.why.message ? action.why : undefined;
  if (left <= 0 && action.done)
    return await report(driver, claim, {
      event: action.done,
      message: `${operation.phase} is over.`,
      ...(action.outcome && { outcome: action.outcome }),
    });
  const told = {
    ...(tell && note(operation, { outcome: tell })),
    events: tell ? [{ type: "waiting", message: tell.message }] : [],
  };
  if (left > sitOutSeconds * 1000) {
    await ledger.advance(claim, { ...told, release: true, wakeAt: action.until });
    return null;
  }
  if (tell) return await ledger.advance(claim, told);
  await driver.sleep(Math.max(left, 10));
  return await ledger.reload(claim);
}

/**
 * Tells the machine and the ledger what came of an action that `began` then. By that time it is late or not: a clock that
 * is set ahead meanwhile makes it late only where the next look, which knows of it, finds so too.
 */
async function report(driver: Driver, claim: Claim, seen: Seen, began = new Date()): Promise<Claim | null> {
  const { ledger } = driver.effects;
  if ("event" in seen) return await advanceBy(ledger, claim, seen);

  const { operation } = claim;
  const now = new Date();
  const memory = remembered(operation.memory, seen, now);
  const elapsed = (began.getTime() - Date.parse(memory.phaseSince)) / 1000;
  if (elapsed > limitSeconds(operation, policyOf(driver.effects, operation), seen.trouble !== undefined)) {
    const { overdue } = seen;
    return await advanceBy(ledger, claim, { event: "failed", message: overdue.message, outcome: overdue });
  }
  const changed = operation.memory.pending !== seen.pending;
  const step = {
    ...(changed && note(operation, { outcome: seen.trouble ?? null, memory })),
    memory,
    ...(seen.layout && { layout: seen.layout }),
    ...(seen.readiness && { readiness: seen.readiness }),
    events: changed ? [{ type: seen.trouble ? "trouble" : "progress", message: seen.pending }] : [],
  };
  if (seen.retrySeconds > sitOutSeconds) {
    await ledger.advance(claim, { ...step, release: true, wakeAt: new Date(now.getTime() + seen.retrySeconds * 1000) });
    return null;
  }
  const current = changed || seen.memory || seen.layout ? await ledger.advance(claim, step) : claim;
  await driver.sleep(seen.retrySeconds * 1000);
  return await ledger.reload(current);
}

/** After trouble that has passed, the phase's time limit begins anew: the release is not to blame for the wait. */
function remembered(memory: Memory, seen: Extract<Seen, { pending: string }>, now: Date): Memory {
  const recovered = memory.attempts > 0 && !seen.trouble;
  return {
    ...(seen.memory ?? memory),
    pending: seen.pending,
    ...(recovered && { attempts: 0, phaseSince: now.toISOString() }),
  };
}

/** What an error means: try again with back-off, or the action has failed. */
function trouble({ log }: Driver, claim: Claim, error: unknown): Seen {
  if (error instanceof TealError && error.code === "lease_lost") throw error;
  const { operation } = claim;
  const { outcome, retriable } = troubleOf(error);
  log.warn(
    { err: error, operation: operation.id, phase: operation.phase, code: outcome.code },
    "an action met trouble",
  );
  const attempts = operation.memory.attempts + 1;
  const goingBack = operation.phase === "rolling-back" || operation.phase === "restoring";
  if (!retriable && !(goingBack && attempts < believeAfter)) {
    return { event: "failed", message: outcome.message, outcome };
  }
  return {
    pending: outcome.message,
    retrySeconds: backoffSeconds(attempts),
    overdue: outcome,
    trouble: outcome,
    memory: { ...operation.memory, attempts },
  };
}
