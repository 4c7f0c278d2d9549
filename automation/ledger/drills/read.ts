import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { DrillRow } from "../schema.ts";
import { keepsData, overdueSince } from "./concerns.ts";

/** A drill, with whose it is. */
export type TenantDrill = DrillRow & { environment: string; tenant: string };

/** A tenant's, newest first, those older than the one numbered `before`. */
export async function listDrills(
  db: Queries,
  tenantUid: string,
  before: number | undefined,
  limit: number,
): Promise<TenantDrill[]> {
  let query = drills(db).where("drills.tenant_uid", "=", tenantUid);
  if (before !== undefined) query = query.where("drills.seq", "<", before);
  return query.orderBy("drills.seq", "desc").limit(limit).execute();
}

export async function readDrill(db: Queries, id: string): Promise<TenantDrill | undefined> {
  return drills(db).where("drills.id", "=", id).executeTakeFirst();
}

/** What drills say of a tenant; the newest of each kind. */
export interface TenantDrills {
  tenant: string;
  everyDays: number;
  overdueSince: Date | null;
  last: TenantDrill | undefined;
  lastPassed: TenantDrill | undefined;
  unfinished: TenantDrill | undefined;
}

interface ReportRow {
  tenant: string;
  everyDays: number;
  overdueSince: Date | null;
  last: string | null;
  passed: string | null;
  unfinished: string | null;
}

/** Of an environment's tenants that have backups, or data to be backed up, by id, those after `after`. */
export async function reportDrills(
  db: Queries,
  environment: string,
  after: string | undefined,
  limit: number,
): Promise<TenantDrills[]> {
  const { rows } = await sql<ReportRow>`
    select t.id as tenant, coalesce((p.policy ->> 'drillDays')::integer, 0) as "everyDays",
      case when due.at < now() then due.at end as "overdueSince",
      (select id from teal.drills where tenant_uid = t.uid and ended_at is not null order by seq desc limit 1) as last,
      (select id from teal.drills where tenant_uid = t.uid and state = 'passed' order by seq desc limit 1) as passed,
      (select id from teal.drills where tenant_uid = t.uid and ended_at is null) as unfinished
    from teal.tenants t
    cross join lateral (select ${overdueSince} as at) due
    left join lateral (
      select policy from teal.policies where environment = t.environment order by version desc limit 1
    ) p on true
    where t.environment = ${environment} and t.offboarded_at is null
      and (${after ?? null}::text is null or t.id > ${after ?? null}::text)
      and (${keepsData} or exists (select from teal.backups where tenant_uid = t.uid))
    order by t.id
    limit ${limit}`.execute(db);
  const ids = rows.flatMap(({ last, passed, unfinished }) => [last, passed, unfinished].filter((id) => id !== null));
  const found = ids.length === 0 ? [] : await drills(db).where("drills.id", "in", ids).execute();
  const byId = new Map(found.map((one) => [one.id, one]));
  return rows.map(({ tenant, everyDays, overdueSince, ...of }) => ({
    ...{ tenant, everyDays, overdueSince },
    last: byId.get(of.last ?? ""),
    lastPassed: byId.get(of.passed ?? ""),
    unfinished: byId.get(of.unfinished ?? ""),
  }));
}

/** The newest drill of each of these backups that ended. */
export async function drillsOf(db: Queries, backups: readonly string[]): Promise<Map<string, TenantDrill>> {
  if (backups.length === 0) return new Map();
  const rows = await drills(db)
    .where("drills.backup", "in", backups)
    .where("drills.ended_at", "is not", null)
    .distinctOn("drills.backup")
    .orderBy("drills.backup")
    .orderBy("drills.seq", "desc")
    .execute();
  return new Map(rows.map((row) => [row.backup, row]));
}

function drills(db: Queries) {
  return db
    .selectFrom("drills")
    .innerJoin("tenants", "tenants.uid", "drills.tenant_uid")
    .selectAll("drills")
    .select(["tenants.environment", "tenants.id as tenant"]);
}
