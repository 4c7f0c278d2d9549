import type { Queries } from "../database.ts";
import type { ReleaseRow } from "../schema.ts";

/** Newest first, those older than the one numbered `before`. */
export async function listReleases(
  db: Queries,
  environment: string,
  before: number | undefined,
  limit: number,
): Promise<ReleaseRow[]> {
  let query = db.selectFrom("releases").selectAll().where("environment", "=", environment);
  if (before !== undefined) query = query.where("seq", "<", before);
  return query.orderBy("seq", "desc").limit(limit).execute();
}
