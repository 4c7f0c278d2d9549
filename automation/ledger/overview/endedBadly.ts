import { sql, type RawBuilder } from "kysely";

/** Going back that a person has asked for is what that person wanted. */
const wanted = ["abort_requested", "rollback_requested", "reject_requested"];

/**
 * As a lateral join on tenants `t`: the operation that ended badly, where it is the last that says how a tenant's
 * changes go and nobody has acknowledged it.
 */
export const endedBadly: RawBuilder<unknown> = sql`lateral (
    select * from (
      select o.* from teal.operations o
      where o.tenant_uid = t.uid and o.state in ('succeeded', 'failed', 'rolled-back')
      order by o.seq desc
      limit 1
    ) last
    where last.state <> 'succeeded'
      and last.acknowledged_at is null
      and not (last.state = 'rolled-back' and coalesce(last.outcome ->> 'code', '') in (${sql.join(wanted)}))
  )`;
