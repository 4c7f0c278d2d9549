import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { Wake } from "../wake.ts";

/** Wake-ups sent at once; the rest of a large environment is woken by the next sweeps. */
const atOnce = 200;

/** Wakes the operations of an environment that wait, since what they wait for may have changed. */
export async function rouse(tx: Queries, wake: Wake, environment: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update teal.operations
    set wake_at = now()
    where environment = ${environment}
      and ended_at is null
      and lease_until is null
      and phase not in ('paused', 'halted')
    returning id`.execute(tx);
  for (const { id } of rows.slice(0, atOnce)) await wake(tx, id);
}
