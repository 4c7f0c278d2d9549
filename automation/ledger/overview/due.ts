import { sql } from "kysely";
import type { Gate } from "../../../model/layout.ts";
import type { Window } from "../../../model/window.ts";
import type { Queries } from "../database.ts";

export interface Span {
  from: Date;
  to: Date;
}

/** Tenants of one time zone that have the same windows of their own; null: those of the environment. */
export interface WindowGroup {
  timeZone: string;
  windows: Window[] | null;
  tenants: number;
}

/** The largest groups first. */
export async function groupByWindows(db: Queries, environment: string): Promise<WindowGroup[]> {
  const { rows } = await sql<WindowGroup>`
    select coalesce(r.settings ->> 'timeZone', 'UTC') as "timeZone", r.settings -> 'policy' -> 'windows' as windows,
      count(*) as tenants
    from teal.tenants t
    join teal.revisions r on r.tenant_uid = t.uid and r.revision = t.revision
    where t.environment = ${environment} and t.offboarded_at is null
    group by 1, 2
    order by tenants desc, 1`.execute(db);
  return rows;
}

/** An operation of which something is decided at a moment if nobody does anything. */
export interface Due {
  what: "approval" | "hold" | "removal";
  at: Date;
  operation: string;
  tenant: string;
  gate: Gate | null;
}

/** Approvals that expire, holds and graces that end within a time, in their order. */
export async function readDue(db: Queries, environment: string, { from, to }: Span, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select * from (
      select case phase when 'holding' then 'hold' when 'grace' then 'removal' else 'approval' end as what,
        case when phase = 'grace' then (memory -> 'offboarding' ->> 'until')::timestamptz else (memory ->> 'phaseSince')::timestamptz + make_interval(secs => case phase
          when 'holding' then (move ->> 'holdSeconds')::float
          else coalesce((move ->> 'approvalSeconds')::float, 86400)
        end) end as at,
        id as operation, tenant, memory -> 'approval' ->> 'gate' as gate
      from teal.operations
      where environment = ${environment} and ended_at is null and phase in ('holding', 'awaiting-approval', 'grace')
    ) due
    where at >= ${from} and at < ${to}
    order by at, tenant
    limit ${limit}`.execute(db);
  return rows;
}

/** Operations that may begin at a moment, to the second, since each is woken by itself. */
export interface Waiting {
  at: Date;
  code: "outside_window" | "frozen";
  operations: number;
  tenants: string[];
}

/** Operations that wait for a window or the end of a freeze and begin within a time; `named` tenants of each moment. */
export async function readWaiting(
  db: Queries,
  environment: string,
  { from, to }: Span,
  { limit, named }: { limit: number; named: number },
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select date_trunc('second', wake_at + interval '0.5 seconds') as at, outcome ->> 'code' as code, count(*) as operations,
      (array_agg(tenant order by tenant))[1:${named}::integer] as tenants
    from teal.operations
    where environment = ${environment} and ended_at is null and phase = 'queued'
      and outcome ->> 'code' in ('outside_window', 'frozen') and wake_at >= ${from} and wake_at < ${to}
    group by 1, 2
    order by 1, 2
    limit ${limit}`.execute(db);
  return rows;
}
