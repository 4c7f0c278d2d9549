import { sql } from "kysely";
import { alertLimits } from "../../../model/alert.ts";
import type { Queries } from "../database.ts";
import type { AlertRow } from "../schema.ts";

/** Ends those that nobody has renewed in time; gives them. */
export async function lapseAlerts(tx: Queries): Promise<AlertRow[]> {
  return tx
    .updateTable("alerts")
    .set({ ended_at: sql<Date>`expires_at`, lapsed: true })
    .where("ended_at", "is", null)
    .where("expires_at", "<", sql<Date>`now()`)
    .returningAll()
    .execute();
}

/** Types of the events that tell of alerts. */
export const alertEvents = ["alert_firing", "alert_over"] as const;

/** Forgets those that have long been over, with their events, and the oldest of too many. */
export async function pruneAlerts(tx: Queries): Promise<void> {
  const long = sql<Date>`now() - make_interval(days => ${alertLimits.days})`;
  await tx.deleteFrom("alerts").where("ended_at", "<", long).execute();
  await sql`
    delete from teal.alerts where ended_at < (
      select ended_at from teal.alerts where ended_at is not null
      order by ended_at desc offset ${alertLimits.over} limit 1
    )`.execute(tx);
  await tx
    .deleteFrom("events")
    .where("type", "in", [...alertEvents])
    .where("at", "<", long)
    .execute();
}
