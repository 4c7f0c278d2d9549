import { sql } from "kysely";
import type { Queries } from "./database.ts";

/** The time by the clock that all workers share. */
export async function databaseNow(db: Queries): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]!.now;
}
