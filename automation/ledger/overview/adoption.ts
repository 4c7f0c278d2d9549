import { sql, type RawBuilder } from "kysely";
import type { Holder } from "../../../model/console/adoption.ts";
import type { Cause, OperationKind, Phase } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";

/** How a tenant stands to a release; each stands in one way. */
export type Standing = "live" | "moving" | "held" | "failed" | "past" | "rest";

export interface AdoptionRow {
  tenant: string;
  standing: "live" | "moving" | "held" | "failed";
  operation: string;
  kind: OperationKind;
  phase: Phase;
  resume: Phase | null;
  step: number;
  steps: number[];
  by: Holder | null;
  until: Date | null;
  cause: Cause;
  code: string;
  message: string;
  at: Date;
}

export interface AdoptionCount {
  standing: Standing;
  by: Holder | null;
  cause: Cause | null;
  code: string | null;
  tenants: number;
}

/** Operations that bring a release to a tenant, unlike those that change what else it has. */
const bringing = ["provision", "rollout", "rollback", "restore"];

/** Every tenant of the environment once, with how it stands to the release. */
function standings(environment: string, version: string): RawBuilder<unknown> {
  return sql`
    select t.id as tenant, o.id as operation, o.kind, o.phase, o.memory ->> 'resume' as resume,
      (o.memory ->> 'step')::integer as step, coalesce(o.move -> 'steps', '[]') as steps,
      held.by,
      case
        when held.by in ('freeze', 'window') then o.wake_at
        when held.by = 'approval' then (o.memory ->> 'phaseSince')::timestamptz
          + make_interval(secs => coalesce((o.move ->> 'approvalSeconds')::float, 86400))
      end as until,
      coalesce(o.outcome ->> 'cause', 'platform') as cause, coalesce(o.outcome ->> 'code', o.state) as code,
      coalesce(o.outcome ->> 'message', '') as message, o.ended_at as at,
      case
        when t.layout -> 'slots' -> (t.layout ->> 'live') ->> 'release' = ${version} then 'live'
        when o.ended_at is null and held.by is not null then 'held'
        when o.id is not null and o.ended_at is null then 'moving'
        when o.state in ('failed', 'rolled-back') then 'failed'
        when o.state = 'succeeded' then 'past'
        else 'rest'
      end as standing
    from teal.tenants t
    left join lateral (
      select * from teal.operations
      where environment = ${environment} and tenant_uid = t.uid and move is not null
        and move -> 'content' ->> 'release' = ${version} and kind in (${sql.join(bringing)})
      order by seq desc
      limit 1
    ) o on true
    cross join lateral (
      select case
        when o.ended_at is not null then null
        when o.outcome ->> 'code' in ('environment_stopped', 'environment_observed') then 'stop'
        when o.outcome ->> 'code' = 'frozen' then 'freeze'
        when o.outcome ->> 'code' = 'outside_window' then 'window'
        when o.phase = 'awaiting-approval' then 'approval'
        when o.phase = 'paused' then 'pause'
        when o.phase = 'halted' then 'halt'
      end as by
    ) held
    where t.environment = ${environment} and t.offboarded_at is null`;
}

/** Of each way to stand but those that need no names, the first `limit` tenants by id. */
export async function readAdoption(
  db: Queries,
  environment: string,
  version: string,
  limit: number,
): Promise<AdoptionRow[]> {
  const { rows } = await sql<AdoptionRow>`
    select * from (
      select s.*, row_number() over (partition by standing order by tenant) as place
      from (${standings(environment, version)}) s
      where standing in ('live', 'moving', 'held', 'failed')
    ) placed
    where place <= ${limit}
    order by tenant`.execute(db);
  return rows;
}

export async function countAdoption(db: Queries, environment: string, version: string): Promise<AdoptionCount[]> {
  const { rows } = await sql<AdoptionCount>`
    select standing, by, case when standing = 'failed' then cause end as cause,
      case when standing = 'failed' then code end as code, count(*) as tenants
    from (${standings(environment, version)}) s
    group by 1, 2, 3, 4
    order by tenants desc, 1, 2, 3, 4`.execute(db);
  return rows;
}
