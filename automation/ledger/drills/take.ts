import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { lockDrills } from "./ask.ts";
import { bySchedule } from "./concerns.ts";

/** A drill that this worker has to do; `fence` rises with every worker that takes it. */
export interface TakenDrill {
  id: string;
  fence: number;
  environment: string;
  tenant: string;
  backup: string;
  /** Of the backup, as it was taken. */
  checksum: string;
  takenAt: Date;
  /** What the environment's policy gives a restore; null where it has none. */
  restoreSeconds: number | null;
}

/**
 * Takes up to `room` of those that wait, or whose worker has died, so that `atOnce` run in the whole installation at most.
 * Those that people asked for come first.
 */
export async function takeDrills(
  tx: Queries,
  environments: readonly string[],
  { room, atOnce, leaseSeconds }: { room: number; atOnce: number; leaseSeconds: number },
): Promise<TakenDrill[]> {
  await lockDrills(tx);
  const { rows } = await sql<TakenDrill>`
    with running as (
      select count(*) as n from teal.drills where ended_at is null and state = 'running' and lease_until > now()
    ), chosen as (
      select d.id
      from teal.drills d
      join teal.tenants t on t.uid = d.tenant_uid
      where d.ended_at is null and (d.state = 'waiting' or d.lease_until <= now())
        and t.environment = any (${[...environments]}::text[])
        and not exists (select from teal.environments e where e.name = t.environment and e.observed_at is not null)
      order by (d.actor = ${bySchedule}), d.asked_at
      limit greatest(0, least(${room}, ${atOnce} - (select n from running)))
    )
    update teal.drills d
    set state = 'running', fence = d.fence + 1, began_at = now(),
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    from chosen, teal.tenants t, teal.backups b
    where d.id = chosen.id and t.uid = d.tenant_uid and b.id = d.backup
    returning d.id, d.fence, t.environment, t.id as tenant, d.backup, b.checksum, b.taken_at as "takenAt",
      (select (policy ->> 'restoreSeconds')::integer from teal.policies
       where environment = t.environment order by version desc limit 1) as "restoreSeconds"`.execute(tx);
  return rows;
}

/** False where another worker has taken it by now. */
export async function renewDrill(
  db: Queries,
  { id, fence }: Pick<TakenDrill, "id" | "fence">,
  leaseSeconds: number,
): Promise<boolean> {
  const row = await db
    .updateTable("drills")
    .set({ lease_until: sql<Date>`now() + make_interval(secs => ${leaseSeconds})` })
    .where("id", "=", id)
    .where("fence", "=", fence)
    .where("ended_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets another worker have it at once. */
export async function giveDrillBack(db: Queries, { id, fence }: Pick<TakenDrill, "id" | "fence">): Promise<void> {
  await db
    .updateTable("drills")
    .set({ state: "waiting", lease_until: null })
    .where("id", "=", id)
    .where("fence", "=", fence)
    .where("ended_at", "is", null)
    .execute();
}
