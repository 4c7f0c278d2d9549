import { sql, type RawBuilder } from "kysely";
import { graceDays } from "../../../model/drill.ts";
import type { Queries } from "../database.ts";

/** Who asks for those that a policy wants. */
export const bySchedule = "schedule";

/** Whether tenant `t` has a volume, or a stack of its own for data on AWS. */
export const keepsData: RawBuilder<boolean> = sql<boolean>`(t.layout ? 'volume' or t.layout ? 'data')`;

/** Since when a drill of tenant `t` should have passed by the newest policy of its environment; null: it need not. */
export const overdueSince: RawBuilder<Date | null> = sql<Date | null>`(
    select greatest(
        t.created_at,
        (select min(created_at) from teal.policies
         where environment = t.environment and (policy ->> 'drillDays')::integer > 0),
        (select max(ended_at) from teal.drills where tenant_uid = t.uid and state = 'passed')
      ) + make_interval(days => (p.policy ->> 'drillDays')::integer + ${graceDays}::integer)
    from teal.policies p
    where p.environment = t.environment
      and p.version = (select max(version) from teal.policies where environment = t.environment)
      and (p.policy ->> 'drillDays')::integer > 0
      and (${keepsData}
        or exists (select from teal.backups where tenant_uid = t.uid and pruned_at is null))
  )`;

/**
 * As a relation: tenants whose restore drills need somebody, one row each: the last one failed, or none has passed for
 * too long.
 */
export const drillConcerns: RawBuilder<unknown> = sql`(
    select t.uid, t.environment, t.id as tenant, last.id as drill, last.backup,
      case when last.state = 'failed' then 'drill_failed' else 'drill_overdue' end as code,
      case when last.state = 'failed' then last.ended_at else due.at end as since,
      case when last.state = 'failed' then last.message
        else 'No backup of tenant ' || t.id || ' has been restored for a try '
          || coalesce('since ' || to_char(passed.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', 'yet')
          || ', though the policy wants it: nobody knows whether its data would come back.' end as message
    from teal.tenants t
    cross join lateral (select ${overdueSince} as at) due
    left join lateral (
      select * from teal.drills where tenant_uid = t.uid and ended_at is not null order by seq desc limit 1
    ) last on true
    left join lateral (
      select max(ended_at) as at from teal.drills where tenant_uid = t.uid and state = 'passed'
    ) passed on true
    where t.offboarded_at is null and (last.state = 'failed' or due.at < now())
  )`;

export interface DrillConcern {
  environment: string;
  tenant: string;
  code: string;
  message: string;
}

/** Of these tenants. */
export async function readDrillConcerns(db: Queries, tenants: readonly string[]): Promise<DrillConcern[]> {
  if (tenants.length === 0) return [];
  const { rows } = await sql<DrillConcern>`
    select environment, tenant, code, message from ${drillConcerns} c
    where tenant = any (${[...tenants]}::text[])`.execute(db);
  return rows;
}
