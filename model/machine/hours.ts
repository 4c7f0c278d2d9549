import type { Freeze } from "../freeze.ts";
import type { Operation, Outcome } from "../operation.ts";
import { nextOpening } from "../window.ts";
import type { Action, Facts } from "./next.ts";

/** Codes of the outcomes that an operation has while it is held up by its environment or the hour. */
export const holds = ["environment_observed", "environment_stopped", "frozen", "outside_window"] as const;
export type Hold = (typeof holds)[number];

/** What an operation with this outcome is held up by; undefined where it is by nothing. */
export function heldBy(outcome: Outcome | null | undefined): Hold | undefined {
  return holds.find((code) => code === outcome?.code);
}

/**
 * How long a queued operation may not begin yet; null where it may. Only what brings new pods their traffic keeps to
 * freezes and windows; what has begun goes on, since a tenant between two releases is worse than one that is late.
 */
export function heldBack(
  { kind, move }: Operation,
  { now, freeze }: Pick<Facts, "now" | "freeze">,
): Extract<Action, { do: "wait" }> | null {
  const keepsHours = kind === "rollout" || kind === "configure" || kind === "restart";
  if (!keepsHours || move === null || move.steps.length === 0 || move.override) return null;
  if (freeze) return { do: "wait", until: notBefore(freeze.to, now), why: frozen(freeze) };
  const { policy, timeZone = "UTC" } = move;
  const opening = nextOpening(policy?.windows ?? [], timeZone, now);
  if (opening <= now) return null;
  return { do: "wait", until: notBefore(opening, now), why: outside(opening, timeZone) };
}

/** The ledger's clock says when a freeze is over; a worker's that is ahead of it must not ask without end. */
function notBefore(until: Date, now: Date): Date {
  return new Date(Math.max(until.getTime(), now.getTime() + 1000));
}

function frozen({ by, reason, to }: Freeze): Outcome {
  return {
    code: "frozen",
    cause: "policy",
    message: `The environment is frozen until ${to.toISOString()} by ${by}: ${reason}. It begins then, or once the freeze is lifted.`,
    evidence: [],
  };
}

function outside(opening: Date, timeZone: string): Outcome {
  const when = `${opening.toISOString()} (${wallTime(opening, timeZone)} in ${timeZone})`;
  return {
    code: "outside_window",
    cause: "policy",
    message: `It waits for the tenant's maintenance window, which begins at ${when}.`,
    evidence: [],
  };
}

function wallTime(time: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(
    time,
  );
}
