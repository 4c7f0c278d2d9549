import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { OffboardingRow } from "../schema.ts";

/** A tenant that is gone, with who offboarded it and what is left of its backups. */
export type Offboarded = OffboardingRow & {
  removed_at: Date;
  keep_until: Date;
  actor: string;
  reason: string | null;
  backups: number;
  bytes: number;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Newest first, those older than the one numbered `before`; of one id, where `tenant` says so. */
export async function listOffboarded(
  db: Queries,
  environment: string,
  { tenant, operation }: { tenant?: string; operation?: string },
  before: number | undefined,
  limit: number,
): Promise<Offboarded[]> {
  if (operation !== undefined && !uuid.test(operation)) return [];
  const { rows } = await sql<Offboarded>`
    select f.*, o.actor, o.reason, kept.backups, kept.bytes
    from teal.offboardings f
    join teal.operations o on o.id = f.operation
    cross join lateral (
      select count(*) as backups, coalesce(sum(b.bytes), 0)::bigint as bytes
      from teal.backups b where b.tenant_uid = f.tenant_uid and b.pruned_at is null
    ) kept
    where f.environment = ${environment} and f.removed_at is not null
      and (${before ?? null}::bigint is null or f.seq < ${before ?? null}::bigint)
      and (${tenant ?? null}::text is null or f.tenant = ${tenant ?? null}::text)
      and (${operation ?? null}::uuid is null or f.operation = ${operation ?? null}::uuid)
    order by f.seq desc
    limit ${limit}`.execute(db);
  return rows;
}
