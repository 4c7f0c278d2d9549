import { TealError } from "../../../model/errors.ts";
import type { NewRelease } from "../../../model/release.ts";
import type { Queries } from "../../ledger/database.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import type { ReleaseRow } from "../../ledger/schema.ts";

/**
 * A release that may be brought to a tenant. Throws `release_not_found`, `release_withdrawn`, `migration_unsupported`.
 */
export async function deployableRelease(db: Queries, environment: string, version: string): Promise<NewRelease> {
  const row = await readRelease(db, environment, version);
  refuseWithdrawn(row);
  const { migration } = row.spec;
  if (migration && (!migration.compatible || migration.command)) {
    const why = migration.compatible ? "a migration to run" : "a migration that the previous release can't run on";
    const message = `Release ${version} has ${why}. Such releases come with the recreate strategy of a later version of Teal; none is run silently, and none left out.`;
    throw new TealError("migration_unsupported", message, { data: { environment, release: version } });
  }
  return row.spec;
}

/** Throws `release_withdrawn`. */
export function refuseWithdrawn(release: ReleaseRow): void {
  const { environment, version, withdrawn_at: at, withdrawn_by: by, withdrawn_reason: reason } = release;
  if (!at) return;
  const message = `Release ${version} was withdrawn by ${by}: ${reason}. Choose another.`;
  throw new TealError("release_withdrawn", message, { data: { environment, release: version } });
}
