import fc from "fast-check";
import type { Layout, Move } from "../../model/layout.ts";
import type { Operation, OperationKind } from "../../model/operation.ts";

export const before: Layout = {
  revision: 1,
  live: "blue",
  background: "blue",
  weights: { blue: 100, green: 0 },
  slots: { blue: { release: "1", revision: 1, scale: "full" }, green: { release: "1", revision: 1, scale: "idle" } },
  preview: null,
};

export const move: Move = {
  before,
  target: "green",
  content: { release: "2", revision: 1, scale: "full" },
  revision: 1,
  steps: [10, 50, 100],
  bakeSeconds: 0,
  holdSeconds: 60,
  settling: "match",
  token: "t".repeat(16),
};

const restoring = { way: "restore", from: "1", backup: true, oneWay: true, volume: 1 } as const;

/** A release that can't share its data with the one before. */
export const recreating = {
  way: "recreate",
  steps: [100],
  backup: true,
  migrates: true,
  oneWay: true,
  schema: "2",
  volume: 1,
} as const satisfies Partial<Move>;

/** A newly accepted operation of `kind`. */
export function accepted(kind: OperationKind, changes: Partial<Move> = {}): Operation {
  const inPlace = { ...move, target: "blue" as const, content: before.slots.blue!, steps: [] };
  const moves = {
    provision: { ...move, before: null, target: "blue" as const, steps: [] },
    repair: { ...inPlace, shown: ["1"] },
    scale: { ...inPlace, replicas: 5 },
    suspend: { ...inPlace, serves: false },
    unsuspend: { ...inPlace, before: { ...before, suspended: "stopped" as const }, serves: true },
    restore: { ...inPlace, steps: [100], content: { ...before.slots.blue!, release: "0" }, ...restoring },
    backup: inPlace,
    offboard: { ...inPlace, serves: false },
  };
  const base = kind in moves ? moves[kind as keyof typeof moves] : move;
  return {
    id: "00000000-0000-4000-8000-000000000000",
    kind,
    environment: "production",
    tenant: "acme",
    state: "queued",
    phase: "queued",
    actor: "ada",
    reason: null,
    outcome: null,
    move: base && { ...base, ...changes },
    memory: { step: 0, phaseSince: new Date(0).toISOString(), resume: null, turned: null, attempts: 0, baseline: null },
    request: null,
    createdAt: new Date(0),
    startedAt: null,
    endedAt: null,
  };
}

/** Rising percentages that end at 100. */
export const anySteps = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 })
  .map((steps) => [...steps.sort((a, b) => a - b), 100]);
