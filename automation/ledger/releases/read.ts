import { TealError } from "../../../model/errors.ts";
import type { NewRelease } from "../../../model/release.ts";
import type { Queries } from "../database.ts";
import type { ReleaseRow } from "../schema.ts";

/** Releases of an environment by version; those that there are. */
export async function readReleases(
  db: Queries,
  environment: string,
  versions: readonly string[],
): Promise<Map<string, NewRelease>> {
  if (versions.length === 0) return new Map();
  const rows = await db
    .selectFrom("releases")
    .select(["version", "spec"])
    .where("environment", "=", environment)
    .where("version", "in", versions)
    .execute();
  return new Map(rows.map((row) => [row.version, row.spec]));
}

/** Throws `release_not_found`. */
export async function readRelease(db: Queries, environment: string, version: string): Promise<ReleaseRow> {
  const row = await db
    .selectFrom("releases")
    .selectAll()
    .where("environment", "=", environment)
    .where("version", "=", version)
    .executeTakeFirst();
  if (row) return row;
  const message = `Expected a release of environment ${environment}; it has no ${version}. Register it first.`;
  throw new TealError("release_not_found", message, { data: { environment, release: version } });
}
