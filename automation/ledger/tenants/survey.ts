import { sql } from "kysely";
import type { Layout, Move } from "../../../model/layout.ts";
import type { Kept } from "../../drift/kept.ts";
import type { Queries } from "../database.ts";
import type { Attention } from "../schema.ts";

/** A tenant on which nothing is under way, with all that says how it was left. */
export interface IdleTenant {
  uid: string;
  environment: string;
  id: string;
  layout: Layout;
  failedMove: Move | null;
  attention: Attention | null;
  kept: Kept | null;
}

/** Provisioned tenants on which nothing is under way, in the order of their uids, those after `after`. */
export async function idleTenants(db: Queries, after: string | null, limit: number): Promise<IdleTenant[]> {
  const { rows } = await sql<IdleTenant>`
    select t.uid, t.environment, t.id, t.layout, t.attention, t.kept,
      (select case when o.state = 'failed' then o.move end from teal.operations o
       where o.tenant_uid = t.uid and o.move is not null order by o.seq desc limit 1) as "failedMove"
    from teal.tenants t
    where t.offboarded_at is null and t.layout is not null
      and (${after}::uuid is null or t.uid > ${after}::uuid)
      and not exists (select 1 from teal.operations o where o.tenant_uid = t.uid and o.ended_at is null)
    order by t.uid
    limit ${limit}`.execute(db);
  return rows;
}

/** Writes down which of an environment's stacks (by tenant id) belong to no tenant of the ledger; gives them. */
export async function noteUnknownStacks(
  tx: Queries,
  environment: string,
  tenants: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ unknown: string[] }>`
    update teal.environments e
    set unknown_stacks = found.ids,
      unknown_stacks_at = case when found.ids <> '{}' then coalesce(e.unknown_stacks_at, now()) end
    from (
      select array(
        select s.id from unnest(${[...tenants]}::text[]) as s (id)
        where not exists (
          select 1 from teal.tenants t
          where t.environment = ${environment} and t.id = s.id and t.offboarded_at is null
        )
        order by s.id
      ) as ids
    ) found
    where e.name = ${environment}
    returning unknown_stacks as unknown`.execute(tx);
  return rows[0]?.unknown ?? [];
}
