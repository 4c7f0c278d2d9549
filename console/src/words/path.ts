import { table } from "../../../model/machine/table.ts";
import type { Operation } from "../api/types.ts";
import { wordsOf, type Kind, type Phase } from "./machine.ts";

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

/**
 * The phases from `at` (left out) to the end, if all goes well, as the machine's table has them. Where the table leaves it
 * to a condition, which only the operation itself could tell, it is the way without.
 */
export function wayFrom(kind: Kind, at: Phase): Phase[] {
  const way: Phase[] = [at];
  for (let now = at; !ends.includes(now);) {
    const next = nextOf(kind, now);
    if (next === undefined || way.includes(next)) break;
    way.push(next);
    now = next;
  }
  return way.slice(1);
}

function nextOf(kind: Kind, at: Phase): Phase | undefined {
  const rows = table.filter(
    ({ kinds, from, on, to }) =>
      (kinds as readonly string[]).includes(kind) &&
      (from as readonly string[]).includes(at) &&
      on.some((event) => !turning.includes(event)) &&
      to !== "resume",
  );
  const row = rows.find(({ when }) => when === undefined) ?? rows[0];
  return row?.to === "resume" ? undefined : row?.to;
}

/** Where an operation has been (`visited`, by its events, in order), where it is, and where it goes if all goes well. */
export function stopsOf({ kind, phase }: Pick<Operation, "kind" | "phase">, visited: readonly Phase[]): Stop[] {
  const resting = phase === "paused" || phase === "halted";
  const moving = [...visited, phase].filter((one) => one !== "paused" && one !== "halted");
  const been: Phase[] = [...new Set(moving)];
  const current: Phase = moving.at(-1) ?? "queued";
  // A step of the traffic may come again; it is shown once.
  const ahead = wayFrom(kind, current).filter((one) => !been.includes(one));
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
