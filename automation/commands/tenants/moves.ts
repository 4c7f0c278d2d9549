import { randomBytes } from "node:crypto";
import type { Adopts } from "../../../model/adopted.ts";
import { colors, otherColor } from "../../../model/color.ts";
import type { Layout, Move, Slot } from "../../../model/layout.ts";
import type { DataTerms } from "./data.ts";
import type { WholeTerms } from "./terms.ts";

/** What the operations move, computed once when they are accepted. */

const still = { steps: [], bakeSeconds: 0, holdSeconds: 0, settling: "keep" } as const;

/** A tenant's first slot. */
export function provisionMove(
  release: string,
  revision: number,
  terms: WholeTerms,
  data: DataTerms & Pick<Move, "data">,
): Move {
  const content: Slot = { release, revision, scale: "full" };
  return { before: null, target: "blue", content, revision, ...still, steps: [], ...terms, ...data, token: newToken() };
}

/** A tenant whose first copy is a Service that Teal has not made. */
export function adoptMove(adopts: Adopts, revision: number, terms: WholeTerms, data: Pick<Move, "data">): Move {
  const token = newToken();
  return {
    before: null,
    target: "blue",
    content: null,
    adopts,
    revision,
    ...still,
    steps: [],
    ...terms,
    ...data,
    token,
  };
}

/** A release, or new settings, into the idle slot, then the traffic, as the terms' policy says; at once where it is shut for it. */
export function rolloutMove(
  before: Layout,
  { release, revision }: Pick<Slot, "release" | "revision">,
  terms: WholeTerms,
  data: DataTerms,
): Move {
  const { steps, bakeSeconds, holdSeconds, settling, gates, approvalSeconds } = terms.policy;
  return {
    before,
    target: otherColor(before.live),
    content: { release, revision, scale: "full" },
    revision,
    steps: data.way ? [100] : steps,
    bakeSeconds,
    holdSeconds,
    settling,
    gates,
    approvalSeconds,
    ...terms,
    ...data,
    token: newToken(),
  };
}

/** Settings that no pod is given: the live slot stays as it is. */
export function inPlaceMove(before: Layout, live: Slot | null, revision: number, terms: WholeTerms): Move {
  return { before, target: before.live, content: live, revision, ...still, steps: [], ...terms, token: newToken() };
}

/** Clusters that a restore left behind are removed; what runs stays as it is. */
export function letGoMove(before: Layout, live: Slot, revision: number, letsGo: number[], terms: WholeTerms): Move {
  return { ...inPlaceMove(before, live, revision, terms), letsGo };
}

/** The live release and settings in fresh pods, then the traffic. A gate asks about a release: here is none to ask about. */
export function restartMove(before: Layout, live: Slot, revision: number, terms: WholeTerms, data: DataTerms): Move {
  const { release, revision: given } = live;
  const restarts = Math.max(...colors.map((color) => before.slots[color]?.restarts ?? 0)) + 1;
  const content: Slot = { release, revision: given, scale: "full", restarts };
  return { ...rolloutMove(before, live, terms, data), content, revision, gates: [] };
}

/** Other numbers of pods, in place. */
export function scaleMove(
  before: Layout,
  live: Slot,
  revision: number,
  replicas: number | null,
  terms: WholeTerms,
): Move {
  return { ...inPlaceMove(before, live, revision, terms), replicas };
}

/** Requests served or not, and pods with them; what slots hold stays. */
export function servingMove(
  before: Layout,
  live: Slot | null,
  revision: number,
  serves: boolean,
  terms: WholeTerms,
): Move {
  return { ...inPlaceMove(before, live, revision, terms), serves };
}

/** The tenant as it should be; of what differs, just what was `shown`. */
export function repairMove(
  before: Layout,
  live: Slot | null,
  revision: number,
  shown: string[],
  terms: WholeTerms,
): Move {
  return { ...inPlaceMove(before, live, revision, terms), shown };
}

/** All traffic to what the idle slot holds: at once where it is warm, else by steps, as it warms. */
export function rollbackMove(before: Layout, idle: Slot, revision: number, terms: WholeTerms, data: DataTerms): Move {
  const { release, revision: given, restarts } = idle;
  const content: Slot = { release, revision: given, scale: "full", ...(restarts !== undefined && { restarts }) };
  const target = otherColor(before.live);
  const { steps, bakeSeconds } = terms.policy;
  const cold = idle.scale !== "full" && !data.way;
  const pace = cold ? { steps, bakeSeconds } : { steps: [100] };
  return { before, target, content, revision, ...still, ...pace, ...terms, ...data, token: newToken() };
}

/** The data of a backup or a moment, and the release that ran on it, in the live color while nobody is served. */
export function restoreMove(
  before: Layout,
  { layout, ...source }: Pick<Move, "from" | "pointInTime"> & { layout: Layout },
  revision: number,
  terms: WholeTerms,
): Move {
  const { release } = layout.slots[layout.live]!;
  return {
    before,
    target: before.live,
    content: { release, revision, scale: "full" },
    revision,
    ...still,
    steps: [100],
    ...terms,
    way: "restore",
    ...source,
    backup: true,
    oneWay: true,
    ...(before.volume !== undefined && { volume: before.volume }),
    ...(layout.schema !== undefined && { schema: layout.schema }),
    token: newToken(),
  };
}

function newToken(): string {
  return randomBytes(16).toString("hex");
}
