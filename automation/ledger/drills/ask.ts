import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { bySchedule } from "./concerns.ts";

/** Of the loop that asks: whoever asks and whoever takes must see what the other did, or more run than may. */
const lock = 7_432_504;

export async function lockDrills(tx: Queries): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock})`.execute(tx);
}

/** Undefined where one of the tenant is unfinished already. */
export async function askForDrill(
  tx: Queries,
  drill: { tenantUid: string; backup: string; actor: string; reason: string },
): Promise<string | undefined> {
  const { tenantUid, ...more } = drill;
  const row = await tx
    .insertInto("drills")
    .values({ tenant_uid: tenantUid, ...more })
    .onConflict((conflict) => conflict.column("tenant_uid").where("ended_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/**
 * Asks for those that the environments' policies want by now, up to `limit`: tenants that waited longest first, each with
 * the newest backup that it has. One that failed is tried again after a day, whatever the policy's days. Gives how many.
 */
export async function askForDueDrills(tx: Queries, environments: readonly string[], limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    insert into teal.drills (tenant_uid, backup, actor, reason)
    select t.uid, newest.id, ${bySchedule}, 'every ' || p.days || ' days, as the policy says'
    from teal.tenants t
    cross join lateral (
      select coalesce((policy ->> 'drillDays')::integer, 0) as days from teal.policies
      where environment = t.environment order by version desc limit 1
    ) p
    cross join lateral (
      select id from teal.backups where tenant_uid = t.uid and pruned_at is null order by taken_at desc limit 1
    ) newest
    left join lateral (
      select state, coalesce(ended_at, 'infinity') as at from teal.drills where tenant_uid = t.uid order by seq desc limit 1
    ) last on true
    where t.offboarded_at is null and p.days > 0 and t.environment = any (${[...environments]}::text[])
      and not exists (select from teal.environments e where e.name = t.environment and e.observed_at is not null)
      and (last.at is null
        or last.at < now() - make_interval(days => case when last.state = 'failed' then 1 else p.days end))
    order by last.at nulls first, t.uid
    limit ${limit}
    on conflict do nothing
    returning id`.execute(tx);
  return rows.length;
}
