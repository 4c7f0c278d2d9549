import semver from "semver";
import type { NewRelease } from "./release.ts";

/** A release, as far as migrations go. `seq` counts releases as they were registered. */
export interface Migrating {
  version: string;
  seq: number;
  migration: NewRelease["migration"] | null;
}

/** What it takes to bring data that has been through the migrations up to one release to another. */
export type MigrationPath =
  /** The target's migration runs where `runs`. `oneWay` lists what no release before it can run after. */
  | { runs: boolean; oneWay: string[] }
  /** These, which the data has not been through, have a migration, and the target has none that could stand for them. */
  | { skipped: string[] }
  /** The data has been through these, which the target can't run after. */
  | { tooNew: string[] };

/**
 * Releases are in the order of their versions where all are semantic versions, else in that of their registration.
 * `from`: the release whose migration the data has been through last, or that has run on it; null: there is no data.
 * `releases`: both, and all others of the environment that have a migration.
 */
export function migrationPath(releases: readonly Migrating[], from: string | null, to: string): MigrationPath {
  const ordered = [...releases].sort(orderOf(releases));
  const place = (version: string) => ordered.findIndex((release) => release.version === version);
  const target = ordered[place(to)]!;
  const runs = target.migration?.command !== undefined;
  // New data has nothing that could be lost, nor a release to go back to.
  if (from === null) return { runs, oneWay: [] };
  const [start, end] = [place(from), place(to)];
  const passed = start < end ? ordered.slice(start + 1, end + 1) : ordered.slice(end + 1, start + 1);
  const breaking = passed.filter(({ migration }) => migration?.compatible === false).map(({ version }) => version);
  if (end < start) return breaking.length > 0 ? { tooNew: breaking } : { runs: false, oneWay: [] };
  const skipped = passed.filter(({ version, migration }) => version !== to && migration?.command);
  if (skipped.length > 0 && !runs) return { skipped: skipped.map(({ version }) => version) };
  return { runs, oneWay: breaking };
}

function orderOf(releases: readonly Migrating[]): (one: Migrating, other: Migrating) => number {
  const semantic = releases.every(({ version }) => semver.valid(version) !== null);
  return (one, other) => (semantic ? semver.compare(one.version, other.version) : 0) || one.seq - other.seq;
}
