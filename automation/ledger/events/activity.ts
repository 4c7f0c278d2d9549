import { sql } from "kysely";
import type { Phase } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import type { EventRow } from "../schema.ts";
import type { EventsWanted } from "./list.ts";

export interface ActivityWanted extends EventsWanted {
  /** Those of environments that are no longer declared are left out. */
  environments: readonly string[];
  actor?: string;
  types?: readonly string[];
  phases?: readonly Phase[];
  /** Only what somebody caused. */
  people?: boolean;
  since?: Date;
  until?: Date;
}

/** Newest first, those with an id below `before`. */
export async function listActivity(
  db: Queries,
  wanted: ActivityWanted,
  before: number | undefined,
  limit: number,
): Promise<EventRow[]> {
  const { environments, environment, tenant, operation, actor, types, phases, people, since, until } = wanted;
  let query = db.selectFrom("events").selectAll().orderBy("id", "desc").limit(limit);
  query =
    environment === undefined
      ? query.where((where) => where.or([where("environment", "in", environments), where("environment", "is", null)]))
      : query.where("environment", "=", environment);
  if (before !== undefined) query = query.where("id", "<", before);
  if (tenant !== undefined) query = query.where("tenant", "=", tenant);
  if (operation !== undefined) query = query.where("operation", "=", operation);
  if (actor !== undefined) query = query.where(sql<string>`data ->> 'actor'`, "=", actor).where(caused);
  if (people) query = query.where(caused);
  if (types !== undefined) query = query.where("type", "in", types);
  if (phases !== undefined) query = query.where("phase", "in", phases);
  // Ids rise by time: they bound the search in the index that it goes by, where `at` alone would not.
  if (since !== undefined)
    query = query
      .where("at", ">=", since)
      .where(sql<boolean>`id >= (select id from teal.events where at >= ${since} order by at limit 1)`);
  if (until !== undefined)
    query = query
      .where("at", "<", until)
      .where(sql<boolean>`id <= (select id from teal.events where at < ${until} order by at desc limit 1)`);
  return query.execute();
}

const caused = sql<boolean>`data ? 'actor'`;
