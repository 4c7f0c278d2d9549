import { table, type Guard } from "../../../model/machine/table.ts";
import type { Operation } from "../api/types.ts";
import { wordsOf, type Phase } from "./machine.ts";

export interface Stop {
  phase: Phase;
  /** `held`: it was here when it was paused or halted. */
  place: "done" | "now" | "held" | "next";
}

/** Events by which an operation goes on as it was meant to: all but failures, and what people ask to stop or turn it. */
const turning = [
  "failed",
  "replanned",
  "expired",
  "surprised",
  "pause",
  "resume",
  "reject",
  "abort",
  "rollback",
  "finish",
];
const ends: readonly Phase[] = ["succeeded", "rolled-back", "failed", "cancelled"];

/** What decides the way that an operation goes. */
type Going = Pick<Operation, "kind" | "strategy">;

/**
 * The phases from `at` (left out) to the end, if all goes well, as the machine's table has them. Where the table leaves it
 * to a condition, which only the operation itself could tell, it is the way without.
 */
export function wayFrom(going: Going, at: Phase): Phase[] {
  const way: Phase[] = [at];
  for (let now = at; !ends.includes(now);) {
    const next = nextOf(going, now);
    if (next === undefined || way.includes(next)) break;
    way.push(next);
    now = next;
  }
  return way.slice(1);
}

function nextOf({ kind, strategy }: Going, at: Phase): Phase | undefined {
  const rows = table.filter(
    ({ kinds, from, on, to }) =>
      (kinds as readonly string[]).includes(kind) &&
      (from as readonly string[]).includes(at) &&
      on.some((event) => !turning.includes(event)) &&
      to !== "resume",
  );
  const holds = (when: Guard | undefined): boolean =>
    when === undefined || (when === "in-maintenance" && strategy === "recreate");
  const row = rows.find(({ when }) => holds(when)) ?? rows[0];
  return row?.to === "resume" ? undefined : row?.to;
}

/** Where an operation has been (`visited`, by its events, in order), where it is, and where it goes if all goes well. */
export function stopsOf(operation: Going & Pick<Operation, "phase">, visited: readonly Phase[]): Stop[] {
  const { phase } = operation;
  const resting = phase === "paused" || phase === "halted";
  const moving = [...visited, phase].filter((one) => one !== "paused" && one !== "halted");
  const been: Phase[] = [...new Set(moving)];
  const current: Phase = moving.at(-1) ?? "queued";
  // A step of the traffic may come again; it is shown once.
  const ahead = wayFrom(operation, current).filter((one) => !been.includes(one));
  const stopOf = (one: Phase): Stop => ({ phase: one, place: placeOf(one, current, resting) });
  return [...been.map(stopOf), ...ahead.map((one): Stop => ({ phase: one, place: "next" }))];
}

function placeOf(phase: Phase, current: Phase, resting: boolean): Stop["place"] {
  if (phase !== current || ends.includes(phase)) return "done";
  return resting ? "held" : "now";
}

/** What comes after the phase that it is in, in a sentence; null at its end. */
export function whatComesNext(
  operation: Pick<Operation, "kind" | "phase" | "step">,
  stops: readonly Stop[],
): string | null {
  const { phase, step } = operation;
  if (ends.includes(phase)) return null;
  if (phase === "baking" && step && step.index + 1 < step.of)
    return "If its figures are good, more traffic moves to it.";
  if (phase === "awaiting-approval" && stops.some((stop) => stop.phase === "baking" && stop.place === "done"))
    return "Once approved, all of the traffic moves to it.";
  const next = stops.find(({ place }) => place === "next")?.phase;
  return next === undefined ? null : (nextWords[next] ?? wordsOf(next).now);
}

const nextWords: Partial<Record<Phase, string>> = {
  closing: "The service is shut: every request is answered with 503.",
  stopping: "The tenant's pods are stopped.",
  "backing-up": "The tenant's data is backed up.",
  migrating: "The release's migration changes the tenant's data.",
  "restoring-data": "The data of the backup is put in place.",
  grace: "The tenant waits, suspended, for its grace to be over.",
  exporting: "Its settings are written down, and its data is backed up for the last time.",
  removing: "All that the tenant has is removed, for good.",
  opening: "Requests are led to the pods, once they have answered the checks.",
  deploying: "The new release goes into the idle slot, without traffic.",
  verifying: "The new pods must be ready and answer the checks, before any traffic.",
  shifting: "The first part of the traffic moves to the new release.",
  baking: "The step is watched: errors and times, new against old.",
  promoting: "Workers and schedulers change over to the new release.",
  holding: "The old slot is kept as it was for a while, so that going back takes one flip.",
  settling: "The old slot is settled as the policy says.",
  succeeded: "It is done.",
  restoring: "The idle slot becomes what it was before.",
  "rolled-back": "It is over, and all is as before.",
};
