import { sql } from "kysely";
import type { Queries } from "../database.ts";

const eventsAtOnce = 1000;

/**
 * Begins a feed of all tenants' deployments where there is none of that name: every tenant is to be written, and what happens
 * from now on. Gives whether it began now.
 */
export async function openFeed(tx: Queries, name: string): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`
    insert into teal.deployment_feeds (name, cursor)
    select ${name}, coalesce((select max(id) from teal.events), 0)
    on conflict (name) do nothing
    returning name`.execute(tx);
  if (rows.length === 0) return false;
  // After the cursor was read: what changes in between is looked at twice, which does no harm.
  await sql`
    insert into teal.deployment_changes (feed, environment, tenant, seq)
    select ${name}, environment, id, 0 from teal.tenants where offboarded_at is null`.execute(tx);
  return true;
}

/**
 * Notes which tenants the next events changed; gives how many events it looked at. Events become visible in their order and with
 * what they tell of, so none is missed, and one worker at a time goes on from the cursor.
 */
export async function followEvents(tx: Queries, name: string): Promise<number> {
  const feed = await tx
    .selectFrom("deployment_feeds")
    .select("cursor")
    .where("name", "=", name)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!feed) return 0;
  const events = await tx
    .selectFrom("events")
    .select(["id", "environment", "tenant"])
    .where("id", ">", feed.cursor)
    .orderBy("id")
    .limit(eventsAtOnce)
    .execute();
  const last = events.at(-1);
  if (!last) return 0;
  await sql`
    insert into teal.deployment_changes as c (feed, environment, tenant, seq)
    select ${name}, environment, tenant, max(id) from teal.events
    where id > ${feed.cursor} and id <= ${last.id} and tenant is not null
    group by environment, tenant
    on conflict (feed, environment, tenant) do update set seq = greatest(c.seq, excluded.seq)`.execute(tx);
  await tx.updateTable("deployment_feeds").set({ cursor: last.id }).where("name", "=", name).execute();
  return events.length;
}
