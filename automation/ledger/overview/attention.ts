import { sql } from "kysely";
import type { ConcernKind } from "../../../model/console/attention.ts";
import type { Queries } from "../database.ts";
import { drillConcerns } from "../drills/concerns.ts";
import { endedBadly } from "./endedBadly.ts";

/** That something needs a person; what it is, is read for those that are shown. */
export interface Concern {
  concern: ConcernKind;
  /** Null: it is about the platform, or Teal itself. */
  environment: string | null;
  tenant: string | null;
  /** The operation, for those that are about one. */
  operation: string | null;
  /** The alert, for those that are one. */
  alert: string | null;
  since: Date;
  /** Of less weight than all others: an alert that warns only. */
  minor: boolean;
  deadline: Date | null;
}

/** All that needs a person in these environments, and what is no environment's. */
export async function readConcerns(db: Queries, environments: readonly string[]): Promise<Concern[]> {
  const within = sql`any (${[...environments]}::text[])`;
  const { rows } = await sql<Concern>`
    select case o.phase when 'awaiting-approval' then 'approval' else o.phase end as concern,
      o.environment, o.tenant, o.id as operation, null::uuid as alert, (o.memory ->> 'phaseSince')::timestamptz as since,
      case when o.phase = 'awaiting-approval' then (o.memory ->> 'phaseSince')::timestamptz
        + make_interval(secs => coalesce((o.move ->> 'approvalSeconds')::float, 86400)) end as deadline, false as minor
    from teal.operations o
    where o.ended_at is null and o.environment = ${within}
      and (o.phase in ('paused', 'halted')
        or o.phase = 'awaiting-approval' and o.memory -> 'approval' -> 'shown' is not null)
    union all
    select o.state, o.environment, o.tenant, o.id, null, o.ended_at, null, false
    from teal.tenants t cross join ${endedBadly} o
    where t.offboarded_at is null and t.environment = ${within}
    union all
    select 'tenant', t.environment, t.id, null, null, (t.attention ->> 'at')::timestamptz, null, false
    from teal.tenants t
    where t.attention is not null and t.offboarded_at is null and t.environment = ${within}
    union all
    select 'certificate', c.environment, nullif(c.tenant, ''), null, null, c.since, null, false
    from teal.certificate_concerns c
    where c.environment = ${within}
    union all
    select 'drill', c.environment, c.tenant, null, null, c.since, null, false
    from ${drillConcerns} c
    where c.environment = ${within}
    union all
    select 'stopped', e.name, null, null, null, e.stopped_at, null, false
    from teal.environments e
    where e.stopped_at is not null and e.name = ${within}
    union all
    select 'unknown-stacks', e.name, null, null, null, coalesce(e.unknown_stacks_at, e.created_at), null, false
    from teal.environments e
    where e.unknown_stacks <> '{}' and e.name = ${within}
    union all
    select 'alert', a.environment, a.tenant, null, a.id, a.starts_at, null, a.severity = 'warning'
    from teal.alerts a
    where a.ended_at is null and a.severity in ('critical', 'warning')
      and (a.environment is null or a.environment = ${within})`.execute(db);
  return rows;
}
