import { TealError } from "../../../model/errors.ts";
import { migrationPath } from "../../../model/migration.ts";
import type { NewRelease } from "../../../model/release.ts";
import type { Queries } from "../../ledger/database.ts";
import { migratingReleases } from "../../ledger/releases/migrating.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import type { ReleaseRow } from "../../ledger/schema.ts";

/** A release that may be brought to a tenant. Throws `release_not_found`, `release_withdrawn`. */
export async function deployableRelease(db: Queries, environment: string, version: string): Promise<NewRelease> {
  const row = await readRelease(db, environment, version);
  refuseWithdrawn(row);
  return row.spec;
}

/** Throws `release_withdrawn`. */
export function refuseWithdrawn(release: ReleaseRow): void {
  const { environment, version, withdrawn_at: at, withdrawn_by: by, withdrawn_reason: reason } = release;
  if (!at) return;
  const message = `Release ${version} was withdrawn by ${by}: ${reason}. Choose another.`;
  throw new TealError("release_withdrawn", message, { data: { environment, release: version } });
}

/** What bringing release `to` to data means. */
export interface Schema {
  migrates: boolean;
  oneWay: boolean;
}

/**
 * Whether a migration runs on the way from data as release `from` left it (null: there is none) to release `to`, and whether
 * there is a way back. Throws `schema_too_new`, `migration_skipped`.
 */
export async function schemaFor(db: Queries, environment: string, from: string | null, to: string): Promise<Schema> {
  const versions = from === null ? [to] : [from, to];
  const path = migrationPath(await migratingReleases(db, environment, versions), from, to);
  if ("tooNew" in path) {
    const message = `Release ${to} can't run on this tenant's data: it has been through the migration of ${path.tooNew.join(", ")}, which is not compatible. Restore a backup from before, or roll a later release out.`;
    throw new TealError("schema_too_new", message, { data: { release: to, migrations: path.tooNew } });
  }
  if ("skipped" in path) {
    const message = `Release ${to} declares no migration, but the tenant has not been through that of ${path.skipped.join(", ")}. Roll that out first, or register a release whose migration does it all.`;
    throw new TealError("migration_skipped", message, { data: { release: to, migrations: path.skipped } });
  }
  return { migrates: path.runs, oneWay: path.oneWay.length > 0 };
}
