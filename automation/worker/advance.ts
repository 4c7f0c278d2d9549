import { step, stateOf, type Change } from "../../model/machine/step.ts";
import { TealError } from "../../model/errors.ts";
import { outageOf } from "../../model/outage.ts";
import type { Memory, Operation, Outcome } from "../../model/operation.ts";
import { endStates } from "../../model/operation.ts";
import type { Advance, Claim } from "../ledger/claims.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Seen } from "./seen.ts";

/** Commits what an action's event does to the operation, its tenant and the log of events, all or nothing. */
export async function advanceBy(
  ledger: Ledger,
  claim: Claim,
  seen: Extract<Seen, { event: string }>,
): Promise<Claim | null> {
  const { operation } = claim;
  const change = step(operation, seen.event, new Date(), seen.outcome ?? null);
  if (!change)
    throw new TealError("internal", `${seen.event} means nothing while ${operation.kind} is ${operation.phase}.`);
  // What is removed is gone: whoever asked for something until this very moment is heard first.
  const unlessAsked = operation.kind === "offboard" && change.phase === "removing";
  const ended = (endStates as readonly string[]).includes(change.state);
  const progress: Advance = {
    change,
    ...(seen.layout && { layout: seen.layout }),
    ...(seen.readiness && { readiness: seen.readiness }),
    ...(seen.backup && { backup: seen.backup }),
    ...(seen.exported && { exported: seen.exported }),
    ...(seen.removed && { removed: seen.removed }),
    ...(unlessAsked && { unlessAsked }),
    ...tenantAfter(operation, change),
    events: [
      {
        type: "phase",
        phase: change.phase,
        message: seen.message,
        data: { from: operation.phase, ...seen.data, ...(seen.outcome && { outcome: seen.outcome }) },
      },
      ...outageEvents(operation, change),
    ],
    ...(ended && { release: true }),
  };
  const advanced = await ledger
    .advance(claim, progress)
    .catch((error: unknown) => askedFirst(ledger, claim, seen, error));
  return ended ? null : advanced;
}

/** Keeps the backup that was taken by then, which is as good as any, and leaves the rest to what was asked. */
async function askedFirst(
  ledger: Ledger,
  claim: Claim,
  { backup }: Extract<Seen, { event: string }>,
  error: unknown,
): Promise<Claim> {
  if (!(error instanceof TealError) || error.code !== "asked_meanwhile") throw error;
  return await ledger.advance(claim, { ...(backup && { backup }), events: [] });
}

/** What an operation's end means for its tenant as a whole. */
function tenantAfter(operation: Operation, { phase }: Change): Pick<Advance, "tenantRevision" | "offboarded"> {
  if (operation.phase === "removing" && phase !== "halted") return { offboarded: true };
  return phase === "succeeded" && operation.move ? { tenantRevision: operation.move.revision } : {};
}

/** Once requests are served again: how long they were not. */
function outageEvents({ memory, move }: Operation, change: Change): Advance["events"] {
  const { outage } = change.memory;
  if (!outage?.to || memory.outage?.to) return [];
  const { seconds, limitSeconds, tooLong } = outageOf(outage, move, new Date());
  const bound = tooLong ? ` That is longer than the policy's ${limitSeconds} s.` : "";
  const data = { ...outage, seconds, limitSeconds, tooLong };
  return [{ type: "outage", phase: change.phase, message: `Nobody was served for ${seconds} s.${bound}`, data }];
}

/** A change of what is shown of an operation that stays in its phase. */
export function note(operation: Operation, shown: { outcome: Outcome | null; memory?: Memory }): { change: Change } {
  const { phase, memory, startedAt, endedAt } = operation;
  const state = shown.outcome && phase !== "queued" ? "waiting" : stateOf(phase);
  return { change: { state, phase, memory: shown.memory ?? memory, outcome: shown.outcome, startedAt, endedAt } };
}
