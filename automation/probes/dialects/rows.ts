import type { Color } from "../../../model/color.ts";
import type { TrafficCount } from "../../../model/operation.ts";

/** Cumulative requests, failed answers (5xx) and times per color, as a gateway counted them. */
export type TrafficCounts = Record<Color, TrafficCount>;

/** What a gateway's figures say, by namespace. */
export interface Figures {
  counts: Map<string, TrafficCounts>;
  /** Of which tenants the figures don't tell the color, and how they name what they count instead. */
  colorless: Map<string, string>;
}

/** Takes in what a row of a gateway's figures says; rows of something else are passed over. */
export type AddRow = (figures: Figures, row: string) => void;

export const none = (): TrafficCounts => ({ blue: { requests: 0, errors: 0 }, green: { requests: 0, errors: 0 } });

export function countOf(counts: Map<string, TrafficCounts>, namespace: string, color: Color): TrafficCount {
  let both = counts.get(namespace);
  if (both === undefined) counts.set(namespace, (both = none()));
  return both[color];
}

export function valueOf(row: string): number {
  return Number(row.slice(row.lastIndexOf(" ")));
}

/** By hand: there are tens of lines for each of thousands of tenants. The values looked for hold nothing escaped. */
export function label(row: string, name: string): string | undefined {
  const mark = `${name}="`;
  let at = row.indexOf(mark);
  // Not the end of a longer name.
  while (at > 0 && row[at - 1] !== "{" && row[at - 1] !== ",") at = row.indexOf(mark, at + 1);
  if (at < 0) return undefined;
  const from = at + mark.length;
  return row.slice(from, row.indexOf('"', from));
}

/** Of several series that count the same, such as one per proxy, buckets add up. */
export function addBucket(count: TrafficCount, seconds: number, requests: number): void {
  const known = (count.latency ??= []);
  const same = known.find(([bound]) => bound === seconds);
  if (same) same[1] += requests;
  else known.push([seconds, requests]);
}
