import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { DeploymentChangeRow } from "../schema.ts";

/** How long a worker has a change to itself, seconds: more than any write takes. */
const leaseSeconds = 30;

/** Seconds until the next try after `attempts` failures: 1, 2, 4, … at most 300. */
export function retrySeconds(attempts: number): number {
  return Math.min(300, 2 ** Math.max(0, attempts - 1));
}

/** Takes up to `limit` of the changes that are due, the oldest first, for this worker and no other. */
export async function takeChanges(tx: Queries, feed: string, limit: number): Promise<DeploymentChangeRow[]> {
  const { rows } = await sql<DeploymentChangeRow>`
    update teal.deployment_changes
    set attempts = attempts + 1, lease_until = now() + make_interval(secs => ${leaseSeconds})
    where (feed, environment, tenant) in (
      select feed, environment, tenant from teal.deployment_changes
      where feed = ${feed} and due_at <= now() and (lease_until is null or lease_until < now())
      order by due_at
      limit ${limit}
      for update skip locked
    )
    returning *`.execute(tx);
  return rows;
}

type Taken = Pick<DeploymentChangeRow, "feed" | "environment" | "tenant" | "attempts">;

/** It was written as it was at event `seq`. What has changed since stays to be written, at once. */
export async function changeWritten(tx: Queries, taken: Taken, seq: number): Promise<void> {
  const { feed, environment, tenant } = taken;
  await tx
    .deleteFrom("deployment_changes")
    .where("feed", "=", feed)
    .where("environment", "=", environment)
    .where("tenant", "=", tenant)
    .where("seq", "<=", seq)
    .execute();
  await sql`
    update teal.deployment_changes
    set attempts = 0, lease_until = null, since = now(), due_at = now()
    where feed = ${feed} and environment = ${environment} and tenant = ${tenant} and attempts = ${taken.attempts}`.execute(
    tx,
  );
}

/** It was not: it is tried again later, and later still the more often that fails. */
export async function changeFailed(tx: Queries, { feed, environment, tenant, attempts }: Taken): Promise<void> {
  // By chance a little more or less, so that many that failed at once don't come back at once.
  const seconds = retrySeconds(attempts) * (0.75 + Math.random() / 2);
  await sql`
    update teal.deployment_changes
    set lease_until = null, due_at = now() + make_interval(secs => ${seconds})
    where feed = ${feed} and environment = ${environment} and tenant = ${tenant} and attempts = ${attempts}`.execute(
    tx,
  );
}

export interface FeedLag {
  /** Tenants whose state is still to be written. */
  waiting: number;
  /** Since when the longest of them waits. */
  oldest: Date | null;
}

/** Null where there is no such feed yet. */
export async function readLag(db: Queries, feed: string): Promise<FeedLag | null> {
  const { rows } = await sql<FeedLag>`
    select count(c.tenant) as waiting, min(c.since) as oldest
    from teal.deployment_feeds f
    left join teal.deployment_changes c on c.feed = f.name
    where f.name = ${feed}
    group by f.name`.execute(db);
  return rows[0] ?? null;
}
