import type { AdoptedData } from "../model/adoptedData.ts";
import type { Layout } from "../model/layout.ts";
import { TealError } from "../model/errors.ts";
import { firstCluster, type Clusters, type DataSpec } from "../tenant/data/spec.ts";
import { defaultTierData, type DataTable, type TierData } from "../tenant/plan/data/tiers.ts";
import { named, type DataSite, type RenderedTenant } from "./render.ts";

/**
 * The spec of the stack that holds a tenant's data: what its tier gives, and of `last`, what the stack was given before, whatever is not a
 * tier's to change. The kind of database stays for ever, since no data moves by itself; so do its clusters, which only a restore changes
 * (`clusters`), a bucket, and the major version. What was adopted is what a tenant begins with, instead of what its tier gives. Pure.
 */
export function renderData(
  { revision }: Pick<Layout, "revision">,
  { environment, id, settings, adoptedData }: Pick<RenderedTenant, "environment" | "id" | "settings" | "adoptedData">,
  { platform, table }: DataSite,
  last: DataSpec | null,
  clusters?: Clusters,
): DataSpec {
  const { tier, secrets } = named(settings, revision, "revision");
  const given = table.tiers[tier];
  const begun = last ?? {
    database: adoptedData?.database ? adoptedDatabase(adoptedData.database, table, given.database) : null,
    bucket: adoptedData?.bucket ? { adopted: adoptedData.bucket } : null,
  };
  return {
    environment,
    id,
    platform,
    database: databaseOf(given.database, table, begun.database, clusters),
    bucket: begun.bucket && "adopted" in begun.bucket ? begun.bucket : (given.bucket ?? begun.bucket),
    parameters: secrets,
    protect: true,
  };
}

function databaseOf(
  given: TierData["database"],
  table: DataTable,
  last: DataSpec["database"] | null,
  clusters: Clusters | undefined,
): DataSpec["database"] {
  const kept = last && last.kind !== "none" ? last : null;
  if (kept && kept.kind !== given.kind) return kept.kind === "cluster" && clusters ? { ...kept, held: clusters } : kept;
  if (given.kind === "none") return given;
  if (given.kind === "schema") return { kind: "schema", shared: kept?.kind === "schema" ? kept.shared : shared(table) };
  const own = kept?.kind === "cluster" ? kept : null;
  const version = own ? versionOf(own.size.version, given.version) : given.version;
  const held = clusters ?? own?.held ?? firstCluster;
  return { kind: "cluster", size: { ...given, version }, held, ...(own?.names && { names: own.names }) };
}

type OwnDatabase = Extract<DataSpec["database"], { kind: "cluster" }>;

/** The size is for what a restore makes: an adopted cluster has its own. */
function adoptedDatabase(
  { cluster, version, ...names }: NonNullable<AdoptedData["database"]>,
  { tiers }: DataTable,
  given: TierData["database"],
): OwnDatabase {
  const sizes = [given, tiers.medium.database, defaultTierData.medium.database];
  const size = sizes.find((one) => one.kind === "cluster") as OwnDatabase["size"];
  const held = { cluster: 1, clusters: [{ generation: 1, adopted: cluster }] };
  return { kind: "cluster", size: { ...size, version: versionOf(version, size.version) }, held, names };
}

/** A cluster stays with its major version, and RDS makes none of a snapshot that is of a newer one. */
function versionOf(has: string, given: string): string {
  const [major, minor] = has.split(".").map(Number);
  const [givenMajor, givenMinor] = given.split(".").map(Number);
  return major === givenMajor && givenMinor! >= minor! ? given : has;
}

function shared({ shared: cluster }: DataTable): NonNullable<DataTable["shared"]> {
  if (cluster) return cluster;
  throw new TealError("data_table_invalid", "A tier says schema, and the table says no shared cluster.");
}
