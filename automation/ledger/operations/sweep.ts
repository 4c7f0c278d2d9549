import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { pruneIdempotency } from "../idempotency/prune.ts";
import type { Wake } from "../wake.ts";

/** How long a wake-up may wait in the queue before it is sent again. */
export const sweepAfterSeconds = 30;

/** By the database's clock, as all that is compared with it. */
async function timeOf(tx: Queries): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(tx);
  return rows[0]!.now;
}

/**
 * Wakes what nobody holds and nobody has looked at in time: a worker died, a wake-up was lost. Gives the ids.
 * At most 500 at once, so that a sweep stays short. `at`: as if it were then.
 */
export async function sweep(tx: Queries, wake: Wake, at?: Date): Promise<string[]> {
  const now = at ?? (await timeOf(tx));
  const { rows } = await sql<{ id: string }>`
    update teal.operations
    set wake_at = ${now}::timestamptz + make_interval(secs => ${sweepAfterSeconds})
    where id in (
      select id from teal.operations
      where ended_at is null
        and (lease_until is null or lease_until < now())
        and case
          when wake_at is not null then wake_at <= ${now}
          else phase not in ('paused', 'halted') or request is not null
        end
      order by wake_at nulls first
      limit 500
      for update skip locked
    )
    returning id`.execute(tx);
  for (const { id } of rows) await wake(tx, id);
  await pruneIdempotency(tx, now);
  return rows.map((row) => row.id);
}
