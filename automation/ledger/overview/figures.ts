import { sql } from "kysely";
import type { Severity } from "../../../model/alert.ts";
import { holds } from "../../../model/machine/hours.ts";
import type { OperationKind } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { listWorkers } from "../workers/list.ts";

/** How an operation that has not ended gets on. */
export type UnfinishedState = "waiting" | "held" | "approval" | "paused" | "halted" | "under-way";

export interface LedgerFigures {
  operations: {
    environment: string;
    kind: OperationKind;
    state: UnfinishedState;
    count: number;
    /** Of the one that has been so for longest. */
    oldestSeconds: number;
  }[];
  workers: { alive: number; silent: number };
  notices: { due: number; oldestSeconds: number };
  alerts: Record<Severity, number>;
}

/** What there is to count of all processes together. Reads what is unfinished only, however long the history. */
export async function readFigures(db: Queries): Promise<LedgerFigures> {
  const workers = await listWorkers(db);
  const alive = workers.filter((worker) => worker.alive).length;
  return {
    operations: await unfinished(db),
    workers: { alive, silent: workers.length - alive },
    notices: await dueNotices(db),
    alerts: await firing(db),
  };
}

async function unfinished(db: Queries): Promise<LedgerFigures["operations"]> {
  const { rows } = await sql<LedgerFigures["operations"][number]>`
    select environment, kind, state, count(*) as count,
      greatest(0, extract(epoch from now() - min(since)))::float8 as "oldestSeconds"
    from (
      select environment, kind,
        case when phase = 'queued' then created_at else (memory ->> 'phaseSince')::timestamptz end as since,
        case
          when outcome ->> 'code' in (${sql.join([...holds])}) then 'held'
          when phase = 'awaiting-approval' then 'approval'
          when phase in ('paused', 'halted') then phase
          when phase = 'queued' and outcome is null and (lease_until is null or lease_until < now()) then 'waiting'
          else 'under-way'
        end as state
      from teal.operations
      where ended_at is null
    ) unfinished
    group by 1, 2, 3`.execute(db);
  return rows;
}

async function dueNotices(db: Queries): Promise<LedgerFigures["notices"]> {
  const { rows } = await sql<LedgerFigures["notices"]>`
    select count(*) as due, greatest(0, coalesce(extract(epoch from now() - min(since)), 0))::float8 as "oldestSeconds"
    from teal.notices where since <= now()`.execute(db);
  return rows[0]!;
}

async function firing(db: Queries): Promise<LedgerFigures["alerts"]> {
  const { rows } = await sql<{ severity: Severity; count: number }>`
    select severity, count(*) as count from teal.alerts where ended_at is null group by 1`.execute(db);
  return {
    critical: 0,
    warning: 0,
    info: 0,
    ...Object.fromEntries(rows.map(({ severity, count }) => [severity, count])),
  };
}
