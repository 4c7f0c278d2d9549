import { sql } from "kysely";
import type { AlertView } from "../../../model/alert.ts";
import type { Color } from "../../../model/color.ts";
import type { Queries } from "../database.ts";
import type { AlertRow } from "../schema.ts";

export interface AlertsWanted {
  /** Those of environments that are no longer declared are left out. */
  environments: readonly string[];
  environment?: string;
  tenant?: string;
  states?: readonly AlertView["state"][];
}

/** Newest first, those numbered below `before`. */
export async function listAlerts(
  db: Queries,
  { environments, environment, tenant, states }: AlertsWanted,
  before: number | undefined,
  limit: number,
): Promise<AlertRow[]> {
  let query = db.selectFrom("alerts").selectAll().orderBy("seq", "desc").limit(limit);
  query =
    environment === undefined
      ? query.where((where) => where.or([where("environment", "in", environments), where("environment", "is", null)]))
      : query.where("environment", "=", environment);
  if (tenant !== undefined) query = query.where("tenant", "=", tenant);
  if (states !== undefined) query = query.where(stateOf, "in", states);
  if (before !== undefined) query = query.where("seq", "<", before);
  return query.execute();
}

const stateOf = sql<
  AlertView["state"]
>`case when ended_at is null then 'firing' when lapsed then 'lapsed' else 'resolved' end`;

export async function readAlerts(db: Queries, ids: readonly string[]): Promise<AlertRow[]> {
  if (ids.length === 0) return [];
  return db.selectFrom("alerts").selectAll().where("id", "in", ids).execute();
}

/** Of a tenant's copy, the critical ones that fired at some time between `from` and `to` (null: now). Oldest first. */
export async function alertsDuring(
  db: Queries,
  of: { environment: string; tenant: string; color: Color },
  span: { from: Date; to: Date | null },
  limit: number,
): Promise<AlertRow[]> {
  let query = db
    .selectFrom("alerts")
    .selectAll()
    .where("environment", "=", of.environment)
    .where("tenant", "=", of.tenant)
    .where("color", "=", of.color)
    .where("severity", "=", "critical")
    .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">", span.from)]));
  if (span.to !== null) query = query.where("starts_at", "<", span.to);
  return query.orderBy("seq").limit(limit).execute();
}
