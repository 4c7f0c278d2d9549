import { sql } from "kysely";
import type { KnownAlert } from "../../alerts/settle.ts";
import type { Queries } from "../database.ts";

const lock = 7_432_503;

/** One transaction at a time says what alerts mean: Alertmanager's replicas tell the same at once. */
export async function lockAlerts(tx: Queries): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock})`.execute(tx);
}

/** The last firing of each alert, by fingerprint; of those that are known. */
export async function readKnownAlerts(
  tx: Queries,
  fingerprints: readonly string[],
): Promise<Map<string, KnownAlert & { id: string }>> {
  const { rows } = await sql<KnownAlert & { id: string; fingerprint: string }>`
    select distinct on (fingerprint) id, fingerprint, starts_at as "startsAt", ended_at as "endedAt", lapsed
    from teal.alerts
    where fingerprint = any (${[...fingerprints]}::text[])
    order by fingerprint, starts_at desc`.execute(tx);
  return new Map(rows.map(({ fingerprint, ...known }) => [fingerprint, known]));
}

export async function countFiring(db: Queries): Promise<number> {
  const { count } = await db
    .selectFrom("alerts")
    .select(sql<number>`count(*)`.as("count"))
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}
