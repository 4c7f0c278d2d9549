import type { Queries } from "../database.ts";
import type { PolicyRow } from "../schema.ts";

/** A version of an environment's policy, the newest if none is named. Undefined: there is none. */
export async function readPolicy(db: Queries, environment: string, version?: number): Promise<PolicyRow | undefined> {
  let query = db.selectFrom("policies").selectAll().where("environment", "=", environment);
  if (version !== undefined) query = query.where("version", "=", version);
  return query.orderBy("version", "desc").limit(1).executeTakeFirst();
}
