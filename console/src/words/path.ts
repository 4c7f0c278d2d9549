import { table } from "../../../model/machine/table.ts";
import type { Operation } from "../api/types.ts";
import { phaseWords, type Kind, type Phase } from "./machine.ts";

export interface Stop {
  phase: Phase;
  /** `now`: the operation is here; `held`: it was here when it was paused or halted. */
  place: "done" | "now" | "held" | "next" | "skipped";
}

/** Events by which an operation goes the way that it was meant to. */
const forward = new Set(["started", "applied", "verified", "approve", "moved", "passed", "held", "removed", "stopped"]);
const ends = new Set<Phase>(["succeeded", "rolled-back", "failed", "cancelled"]);

/** The phases of a kind of operation that goes well, in order, as the machine's table has them. */
export function wayOf(kind: Kind, { inPlace = false, gated = false } = {}): Phase[] {
  const way: Phase[] = ["queued"];
  for (let at: Phase = "queued"; !ends.has(at);) {
    const rows = table.filter(
      (row) =>
        (row.kinds as readonly string[]).includes(kind) &&
        (row.from as readonly string[]).includes(at) &&
        row.on.some((event) => forward.has(event)) &&
        row.to !== "resume" &&
        !way.includes(row.to) &&
        fits(row.when, inPlace, gated),
    );
    const to = rows[0]?.to;
    if (to === undefined || to === "resume") break;
    way.push(to);
    at = to;
  }
  return way;
}

function fits(when: string | undefined, inPlace: boolean, gated: boolean): boolean {
  if (when === "in-place") return inPlace;
  if (when === "gated") return gated;
  return when === undefined;
}

/** The way back, for what has turned round. */
const wayBack: readonly Phase[] = ["rolling-back", "restoring", "rolled-back"];

/** The operation's way with where it is. `visited`: the phases that its events tell of, in order. */
export function stopsOf(operation: Pick<Operation, "kind" | "phase">, visited: readonly Phase[]): Stop[] {
  const { kind, phase } = operation;
  const seen = new Set<Phase>([...visited, phase]);
  const gate = visited.indexOf("awaiting-approval");
  const late = gate > 0 && visited.slice(0, gate).includes("baking");
  const gated = gate >= 0 || phase === "awaiting-approval";
  const inPlace = kind === "configure" && seen.has("succeeded") && !seen.has("verifying");
  const way = late ? gatedLate(wayOf(kind, { inPlace })) : wayOf(kind, { gated, inPlace });
  const turned = wayBack.some((back) => seen.has(back)) || phase === "failed" || phase === "cancelled";
  const current = phase === "paused" || phase === "halted" ? lastOf(visited) : phase;
  if (!turned) return way.map((stop, i) => ({ phase: stop, place: placeOf(i, way.indexOf(current), phase) }));

  const end: Phase[] = phase === "failed" || phase === "cancelled" ? [phase] : [...wayBack];
  const gone = way.filter((stop) => seen.has(stop) && !end.includes(stop));
  const stops = [...gone, ...end];
  return stops.map((stop, i) => ({ phase: stop, place: placeOf(i, stops.indexOf(current), phase) }));
}

/** The second gate stands between the steps: it is shown behind the watching, and what follows is all of the traffic. */
function gatedLate(way: readonly Phase[]): Phase[] {
  return way.flatMap((phase): Phase[] => (phase === "baking" ? ["baking", "awaiting-approval"] : [phase]));
}

function placeOf(i: number, current: number, phase: Phase): Stop["place"] {
  if (i < current) return "done";
  if (i > current) return "next";
  if (phase === "paused" || phase === "halted") return "held";
  return ends.has(phase) ? "done" : "now";
}

function lastOf(visited: readonly Phase[]): Phase {
  return visited.findLast((phase) => phase !== "paused" && phase !== "halted") ?? "queued";
}

/** What comes after the phase that it is in, in a sentence; null at its end. */
export function whatComesNext(
  operation: Pick<Operation, "kind" | "phase" | "step">,
  stops: readonly Stop[],
): string | null {
  const { phase, step } = operation;
  if (ends.has(phase)) return null;
  if (phase === "baking" && step && step.index + 1 < step.of)
    return "If its figures are good, more traffic moves to it.";
  if (phase === "awaiting-approval" && step && step.index > 0) return "Once approved, all of the traffic moves to it.";
  const next = stops.find(({ place }) => place === "next")?.phase;
  return next === undefined ? null : (nextWords[next] ?? phaseWords[next].now);
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
