import { letGo } from "./adopted.ts";
import { back, based } from "./based.ts";
import { otherColor } from "./color.ts";
import type { Layout, Move, Slot } from "./layout.ts";
import { weightsGiving } from "./weights.ts";

/** Layouts of what is done while nobody is served: the recreate strategy, restoring, and migrating. */

/** The new content where it will get all requests, behind a closed route; only the preview header leads to it. */
export function inMaintenance(move: Move, before: Layout): Layout {
  const { target, content, token, way } = move;
  const old = otherColor(target);
  const slots = { ...before.slots, [target]: content };
  // What was before would meet data that it doesn't know.
  slots[old] = way === "restore" ? sameRelease(before.slots[old], content) : asleep(before.slots[old]);
  return {
    ...based(move, before),
    live: target,
    background: target,
    weights: weightsGiving(target, 100),
    slots,
    suspended: "closed",
    maintenance: true,
    preview: { color: target, token },
  };
}

function asleep(slot: Slot | null): Slot | null {
  return slot && { ...slot, scale: "none" };
}

function sameRelease(slot: Slot | null, content: Slot | null): Slot | null {
  return slot?.release === content?.release ? slot : null;
}

/** As `layout`, with the old slot as the policy says. What can't run on the data any more is kept without pods. */
export function settledAfterMaintenance({ target, settling, before }: Move, layout: Layout, idle: Slot | null): Layout {
  const old = otherColor(target);
  const slots = { match: idle, keep: asleep(before?.slots[old] ?? null), remove: null };
  return { ...letGo(layout, (color) => color === old), slots: { ...layout.slots, [old]: slots[settling] } };
}

/**
 * The migration of the new release runs as a Job. Its slot has what the Job needs, and no pods yet; whoever is served is
 * served as before.
 */
export function migrating(move: Move, run: string): Layout {
  const { before, target, content, policy } = move;
  const migration = { color: target, run, seconds: policy?.migrateSeconds ?? 1800 };
  const slots = { blue: null, green: null, ...before?.slots, [target]: asleep(content) };
  if (before) {
    const shut = move.way && ({ suspended: "stopped", maintenance: true } as const);
    return { ...based(move, before), slots, ...shut, preview: null, migration };
  }
  const { revision, volume, schema, data } = move;
  return {
    revision,
    live: target,
    background: target,
    weights: weightsGiving(target, 100),
    slots,
    preview: null,
    // A route to nothing: there are no pods yet.
    suspended: "closed",
    maintenance: true,
    ...(volume !== undefined && { volume }),
    ...(schema !== undefined && { schema }),
    ...(data && { data }),
    migration,
  };
}

/** What was before, behind the closed route: its pods have to be ready before anybody is led to them. */
export function warmed(move: Move, before: Layout, migrated: boolean): Layout {
  return { ...back(move, before, migrated), suspended: "closed", maintenance: true };
}
