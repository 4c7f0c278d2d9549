import { sql } from "kysely";
import type { Claim } from "../claims.ts";
import type { Queries } from "../database.ts";
import { freezeInForce, freezeOf, type FreezeText } from "../freezes/inForce.ts";
import type { OperationRow } from "../schema.ts";
import { operationOf } from "./operationOf.ts";

export interface EnvironmentOfClaim {
  stopped_by: string | null;
  stopped_reason: string | null;
  observed_by: string | null;
  observed_reason: string | null;
  freeze: FreezeText | null;
}
export type ClaimRow = OperationRow & EnvironmentOfClaim;

/** Of `teal.environments e`. */
export const ofEnvironment = sql`e.stopped_by, e.stopped_reason, e.observed_by, e.observed_reason`;

export function claimOf(row: ClaimRow): Claim {
  return {
    operation: operationOf(row),
    fence: row.fence,
    environmentStopped: said(row.stopped_by, row.stopped_reason),
    environmentObserved: said(row.observed_by, row.observed_reason),
    freeze: freezeOf(row.freeze),
  };
}

function said(by: string | null, reason: string | null): { by: string; reason: string } | null {
  return by === null ? null : { by, reason: reason ?? "no reason given" };
}

/** Takes the operation for `leaseSeconds`. Null: it has ended, or another worker holds it. */
export async function claim(
  db: Queries,
  operationId: string,
  worker: string,
  leaseSeconds: number,
): Promise<Claim | null> {
  const { rows } = await sql<ClaimRow & { taken_over: boolean }>`
    update teal.operations o
    set fence = o.fence + 1,
        worker = ${worker},
        lease_until = now() + make_interval(secs => ${leaseSeconds}),
        wake_at = null
    from teal.environments e,
      (
        select id, worker from teal.operations
        where id = ${operationId} and ended_at is null and (lease_until is null or lease_until < now())
        for update
      ) before
    where o.id = before.id
      and e.name = o.environment
      and o.ended_at is null
      and (o.lease_until is null or o.lease_until < now())
    returning o.*, ${ofEnvironment}, ${freezeInForce(sql`e.name`)} as freeze,
      coalesce(before.worker <> ${worker}, false) as taken_over`.execute(db);
  const [row] = rows;
  return row ? { ...claimOf(row), takenOver: row.taken_over } : null;
}
