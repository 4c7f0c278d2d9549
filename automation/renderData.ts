import type { Layout } from "../model/layout.ts";
import { TealError } from "../model/errors.ts";
import { firstCluster, type Clusters, type DataSpec } from "../tenant/data/spec.ts";
import type { DataTable, TierData } from "../tenant/plan/data/tiers.ts";
import { named, type DataSite, type RenderedTenant } from "./render.ts";

/**
 * The spec of the stack that holds a tenant's data: what its tier gives, and of `last`, what the stack was given before, whatever is not a
 * tier's to change. The kind of database stays for ever, since no data moves by itself; so do its clusters, which only a restore changes
 * (`clusters`), a bucket, and the major version. Pure.
 */
export function renderData(
  { revision }: Pick<Layout, "revision">,
  { environment, id, settings }: Pick<RenderedTenant, "environment" | "id" | "settings">,
  { platform, table }: DataSite,
  last: DataSpec | null,
  clusters?: Clusters,
): DataSpec {
  const { tier, secrets } = named(settings, revision, "revision");
  const given = table.tiers[tier];
  return {
    environment,
    id,
    platform,
    database: databaseOf(given.database, table, last?.database ?? null, clusters),
    bucket: given.bucket ?? last?.bucket ?? null,
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
  const version = own && majorOf(own.size.version) !== majorOf(given.version) ? own.size.version : given.version;
  return { kind: "cluster", size: { ...given, version }, held: clusters ?? own?.held ?? firstCluster };
}

function shared({ shared: cluster }: DataTable): NonNullable<DataTable["shared"]> {
  if (cluster) return cluster;
  throw new TealError("data_table_invalid", "A tier says schema, and the table says no shared cluster.");
}

function majorOf(version: string): string {
  return version.split(".")[0]!;
}
