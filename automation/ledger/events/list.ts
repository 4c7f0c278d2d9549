import type { Queries } from "../database.ts";
import type { EventRow } from "../schema.ts";

export interface EventsWanted {
  operation?: string;
  environment?: string;
  tenant?: string;
}

/** Oldest first, those with an id above `after`. */
export async function listEvents(db: Queries, wanted: EventsWanted, after: number, limit: number): Promise<EventRow[]> {
  let query = db.selectFrom("events").selectAll().where("id", ">", after).orderBy("id").limit(limit);
  if (wanted.operation !== undefined) query = query.where("operation", "=", wanted.operation);
  if (wanted.environment !== undefined) query = query.where("environment", "=", wanted.environment);
  if (wanted.tenant !== undefined) query = query.where("tenant", "=", wanted.tenant);
  return query.execute();
}
