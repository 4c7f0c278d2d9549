import { TealError } from "../../../model/errors.ts";
import type { Layout, Move } from "../../../model/layout.ts";
import type { Policy } from "../../../model/policy.ts";
import type { NewRelease } from "../../../model/release.ts";
import type { Tier } from "../../../model/tenant.ts";
import { tierSizes } from "../../../tenant/plan/tiers.ts";
import type { Queries } from "../../ledger/database.ts";
import type { Deps } from "../deps.ts";
import { schemaFor } from "../releases/deployable.ts";

/** What a change of slots does with the tenant's data, and so whether it can go by blue/green. */
export type DataTerms = Pick<Move, "way" | "backup" | "migrates" | "oneWay" | "schema" | "volume">;

export interface DataOf {
  environment: string;
  /** Null: the tenant has nothing yet. */
  layout: Layout | null;
  tier: Tier;
  release: NewRelease;
}

/**
 * For bringing `release` to a tenant. Throws `schema_too_new`, `migration_skipped`, and `backups_unavailable` where data has to be
 * backed up first and can't be.
 */
export async function dataTerms(
  db: Queries,
  deps: Pick<Deps, "backups">,
  { environment, layout, tier, release }: DataOf,
  { strategy, backup }: Pick<Policy, "strategy" | "backup">,
): Promise<DataTerms> {
  const live = layout?.slots[layout.live]?.release ?? null;
  const schema = await schemaFor(db, environment, layout?.schema ?? live, release.version);
  // What runs on the data has been through its own migration.
  const migrates = schema.migrates && live !== release.version;
  const shut = layout?.maintenance === true;
  const oneWay = schema.oneWay || shut;
  const saves = layout !== null && keepsData(layout) && (backup === "before-rollout" || oneWay);
  if (saves) requireBackups(deps, layout, "The tenant holds data, which has to be backed up first");
  return {
    ...volumeOf(layout, tier, release),
    ...(migrates && { migrates, schema: release.version }),
    ...(oneWay && { oneWay }),
    ...(saves && { backup: true }),
    ...(layout && (strategy === "recreate" || oneWay) && { way: "recreate" }),
  };
}

/** For a tenant's first release: as for any, and where Teal keeps tenants' data on AWS, a stack for that. */
export async function firstData(
  db: Queries,
  deps: Pick<Deps, "backups" | "holdsData">,
  of: Omit<DataOf, "layout">,
  policy: Pick<Policy, "strategy" | "backup">,
): Promise<DataTerms & Pick<Move, "data">> {
  const terms = await dataTerms(db, deps, { ...of, layout: null }, policy);
  return { ...terms, ...heldData(deps) };
}

/** A new tenant has a stack for what is its own on AWS, where Teal keeps that. */
export function heldData({ holdsData }: Pick<Deps, "holdsData">): Pick<Move, "data"> {
  return holdsData ? { data: true } : {};
}

/** For new pods of the release that is live: the data stays as it is, on a volume that grows with the tier. */
export function sameData(layout: Layout, tier: Tier, { strategy }: Pick<Policy, "strategy">): DataTerms {
  return { ...grown(layout.volume, tier), ...(strategy === "recreate" && { way: strategy }) };
}

/** It never gets smaller: no volume can, and none is given up for a release that doesn't ask for it. */
function volumeOf(layout: Layout | null, tier: Tier, { volume }: NewRelease): Pick<Move, "volume"> {
  return grown(layout?.volume ?? (volume && 0), tier);
}

function grown(volume: number | undefined, tier: Tier): Pick<Move, "volume"> {
  return volume === undefined ? {} : { volume: Math.max(volume, tierSizes[tier].volume) };
}

/** What would be lost with the tenant: files on a volume, or what it has on AWS. */
export type Keeps = Pick<Layout, "volume" | "data">;

export function keepsData({ volume, data }: Keeps): boolean {
  return volume !== undefined || data === true;
}

/** Throws `backups_unavailable`, too where a backup would hold only a part of what the tenant keeps. */
export function requireBackups(
  { backups }: Pick<Deps, "backups">,
  { volume, data }: Keeps,
  why: string,
): NonNullable<Deps["backups"]> {
  if (backups && (backups.source === "data" ? volume === undefined : !data)) return backups;
  const missing = [
    ...(volume !== undefined && (!backups || backups.source === "data")
      ? ["its volume (TEAL_VOLUMES, TEAL_BACKUPS)"]
      : []),
    ...(data && backups?.source !== "data" ? ["what it has on AWS (TEAL_BACKUP_BUCKET)"] : []),
  ];
  const message = `${why}, and nothing is set up here to do so for ${missing.join(" and ") || "its data"}: see docs/settings.md, or say "backup": "never" in the policy.`;
  throw new TealError("backups_unavailable", message);
}
