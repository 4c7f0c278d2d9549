import type { FleetRow } from "../../api/types.ts";

export const shows = ["all", "moving", "attention", "behind", "unready", "suspended"] as const;
export type Show = (typeof shows)[number];
export const sorts = ["name", "behind", "release", "ring", "activity"] as const;
export type Sort = (typeof sorts)[number];
export const groupings = ["none", "ring", "tier", "release"] as const;
export type Grouping = (typeof groupings)[number];

/** How somebody wants to see the fleet. Empty texts: no matter. */
export interface View {
  text: string;
  show: Show;
  tier: string;
  ring: string;
  release: string;
  sort: Sort;
  group: Grouping;
}

/** A line of the list: the head of a group, or a tenant. */
export type Line = { group: string; tenants: number } | { row: FleetRow };

const tiers = ["small", "medium", "large"];

/** The lines of the list, in order. */
export function arrange(rows: readonly FleetRow[], view: View, newestFirst: readonly string[]): Line[] {
  const wanted = rows.filter((row) => matches(row, view)).sort(orderOf(view.sort, newestFirst));
  const { group: by } = view;
  if (by === "none") return wanted.map((row) => ({ row }));
  const groups = Map.groupBy(wanted, (row) => groupOf(row, by));
  const order = by === "release" ? releaseOrder(newestFirst) : (a: string, b: string) => rank(a) - rank(b);
  return [...groups]
    .sort(([a], [b]) => order(a, b))
    .flatMap(([group, inIt]): Line[] => [{ group, tenants: inIt.length }, ...inIt.map((row) => ({ row }))]);
}

function matches(row: FleetRow, view: View): boolean {
  if (view.tier !== "" && row.tier !== view.tier) return false;
  if (view.ring !== "" && String(row.ring) !== view.ring) return false;
  if (view.release !== "" && row.release !== view.release) return false;
  return isShown(row, view.show) && hasText(row, view.text.trim().toLowerCase());
}

/** Whether a row is among those of a kind: also what the filters' counts are made from. */
export function isShown(row: FleetRow, show: Show): boolean {
  switch (show) {
    case "all":
      return true;
    case "moving":
      return row.operation !== undefined;
    case "attention":
      return needsAttention(row);
    case "behind":
      return (row.behind ?? 0) > 0;
    case "unready":
      return !row.ready && row.suspended !== true && row.release !== null;
    case "suspended":
      return row.suspended === true && row.maintenance !== true;
  }
}

export function needsAttention({ attention, failed, operation, maintenance }: FleetRow): boolean {
  const waits =
    operation?.phase === "awaiting-approval" || operation?.phase === "paused" || operation?.phase === "halted";
  const leftShut = maintenance === true && operation === undefined;
  return attention !== undefined || failed !== undefined || waits || leftShut;
}

function hasText({ id, name, hostnames }: FleetRow, text: string): boolean {
  return text === "" || [id, name, ...(hostnames ?? [])].some((one) => one.toLowerCase().includes(text));
}

function orderOf(sort: Sort, newestFirst: readonly string[]): (a: FleetRow, b: FleetRow) => number {
  const byName = (a: FleetRow, b: FleetRow): number => a.name.localeCompare(b.name, "en", { numeric: true });
  const age = releaseOrder(newestFirst);
  const first: Record<Sort, (a: FleetRow, b: FleetRow) => number> = {
    name: byName,
    behind: (a, b) => (b.behind ?? 0) - (a.behind ?? 0),
    release: (a, b) => age(a.release ?? "", b.release ?? ""),
    ring: (a, b) => a.ring - b.ring,
    activity: (a, b) => (b.operation?.since ?? "").localeCompare(a.operation?.since ?? ""),
  };
  return (a, b) => first[sort](a, b) || byName(a, b);
}

/** Newest first; what isn't known comes last. */
function releaseOrder(newestFirst: readonly string[]): (a: string, b: string) => number {
  const place = new Map(newestFirst.map((version, i) => [version, i]));
  return (a, b) =>
    (place.get(a) ?? newestFirst.length) - (place.get(b) ?? newestFirst.length) ||
    a.localeCompare(b, "en", { numeric: true }) ||
    0;
}

function groupOf(row: FleetRow, group: Exclude<Grouping, "none">): string {
  if (group === "ring") return `Ring ${row.ring}`;
  if (group === "tier") return row.tier;
  return row.release ?? "Nothing yet";
}

function rank(group: string): number {
  const ring = /^Ring (\d+)$/.exec(group)?.[1];
  return ring === undefined ? tiers.indexOf(group) : Number(ring);
}
