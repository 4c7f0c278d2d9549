import { sql } from "kysely";
import type { KeptThing } from "../../../model/offboarding.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";
import { appendEvents } from "../events/append.ts";

/** A tenant of which nothing is to be kept any longer. */
export interface Due {
  operation: string;
  environment: string;
  tenant: string;
  /** Its backups that are still there. */
  backups: { id: string; provider: string }[];
  /** What else was kept because of them, and no other tenant's backups need. */
  others: KeptThing[];
}

/**
 * The tenants whose retention is over by the ledger's clock. From now on they can't be held any longer. Those come first that
 * were not tried for longest, so that what can't be deleted keeps nothing else from it.
 * In an environment that is only observed all is kept.
 */
export async function takeDue(tx: Queries, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    with due as (
      update teal.offboardings set pruning_at = now()
      where operation in (
        select f.operation from teal.offboardings f
        join teal.environments e on e.name = f.environment and e.observed_at is null
        where f.removed_at is not null and f.pruned_at is null and f.keep_until <= now()
        order by f.pruning_at nulls first, f.keep_until limit ${limit} for update of f skip locked
      )
      returning *
    )
    select due.operation, due.environment, due.tenant, coalesce((
      select jsonb_agg(jsonb_build_object('id', b.id, 'provider', b.provider) order by b.seq)
      from teal.backups b where b.tenant_uid = due.tenant_uid and b.pruned_at is null
    ), '[]') as backups, coalesce((
      select jsonb_agg(thing) from jsonb_array_elements(due.others) thing
      where not exists (
        select 1 from teal.offboardings f, jsonb_array_elements(f.others) same
        where f.operation <> due.operation and f.pruned_at is null and same ->> 'id' = thing ->> 'id'
      )
    ), '[]') as others
    from due order by due.keep_until`.execute(tx);
  return rows;
}

/** Forgets export, settings and secrets of a tenant whose backups are gone; its record stays. Once. */
export async function recordPruned(
  tx: Queries,
  { operation, environment, tenant, backups }: Due,
  { others, message }: { others: readonly KeptThing[]; message: string },
): Promise<void> {
  const row = await tx
    .updateTable("offboardings")
    .set({ pruned_at: sql<Date>`now()`, exported: null, others: json(others) })
    .where("operation", "=", operation)
    .where("pruned_at", "is", null)
    .returning("tenant_uid")
    .executeTakeFirst();
  if (!row) return;
  await tx
    .updateTable("backups")
    .set({ pruned_at: sql<Date>`now()` })
    .where("tenant_uid", "=", row.tenant_uid)
    .where("pruned_at", "is", null)
    .execute();
  await tx.deleteFrom("taken_routes").where("tenant_uid", "=", row.tenant_uid).execute();
  await tx.deleteFrom("revisions").where("tenant_uid", "=", row.tenant_uid).execute();
  const data = { backups: backups.map(({ id }) => id) };
  await appendEvents(tx, [{ operation, environment, tenant, type: "retention_over", message, data }]);
}
