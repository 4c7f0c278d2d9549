import { sql } from "kysely";
import type { Adopts } from "../../../model/adopted.ts";
import type { Queries } from "../database.ts";

/** How far a tenant's provisioning has come. */
export interface Provisioning {
  /** Whether any release has ever run for it. */
  done: boolean;
  /** The release that was last tried; null: it was an adoption. */
  release: string | null;
  /** What that was to adopt. */
  adopts: Adopts | null;
}

export async function readProvisioning(db: Queries, tenantUid: string): Promise<Provisioning> {
  const { rows } = await sql<Provisioning>`
    select
      bool_or(state = 'succeeded') as done,
      (array_agg(move -> 'content' ->> 'release' order by seq desc))[1] as release,
      (array_agg(move -> 'adopts' order by seq desc))[1] as adopts
    from teal.operations
    where tenant_uid = ${tenantUid} and move is not null`.execute(db);
  return rows[0]!;
}
