import { sql } from "kysely";
import type { Layout } from "../../../model/layout.ts";
import type { OperationKind, OperationState, Phase } from "../../../model/operation.ts";
import type { Tier } from "../../../model/tenant.ts";
import type { Queries } from "../database.ts";

interface DeploymentOperation {
  id: string;
  kind: OperationKind;
  state: OperationState;
  phase: Phase;
  /** The release that it brings; null: none. */
  release: string | null;
  actor: string;
}

/** How a tenant is deployed, as the ledger has it at one moment. */
export interface Deployment {
  environment: string;
  tenant: string;
  /** Of the newest event that is part of it: what is as it was at a lower one is older. */
  seq: number;
  name: string;
  tier: Tier;
  ring: number;
  /** Revision of its settings that is applied. */
  revision: number;
  layout: Layout | null;
  underWay: (DeploymentOperation & { code: string | null; createdAt: string }) | null;
  lastEnded: (DeploymentOperation & { code: string | null; endedAt: string }) | null;
  /** Why somebody should look at it. */
  attention: string | null;
  offboardedAt: Date | null;
  /** When that event happened. */
  updatedAt: Date | null;
}

/** Undefined for a tenant that there never was. One statement: what it gives is of one moment, its `seq` included. */
export async function readDeployment(
  db: Queries,
  { environment, tenant }: { environment: string; tenant: string },
): Promise<Deployment | undefined> {
  const { rows } = await sql<Deployment>`
    select t.environment, t.id as tenant, coalesce(e.id, 0) as seq, r.settings ->> 'name' as name,
      r.settings ->> 'tier' as tier, (r.settings ->> 'ring')::integer as ring, t.revision, t.layout,
      t.attention ->> 'code' as attention, t.offboarded_at as "offboardedAt", e.at as "updatedAt",
      (select ${operation} || jsonb_build_object('createdAt', o.created_at)
       from teal.operations o where o.tenant_uid = t.uid and o.ended_at is null) as "underWay",
      (select ${operation} || jsonb_build_object('endedAt', o.ended_at)
       from teal.operations o where o.tenant_uid = t.uid and o.ended_at is not null
       order by o.seq desc limit 1) as "lastEnded"
    from teal.tenants t
    join teal.revisions r on r.tenant_uid = t.uid and r.revision = t.revision
    left join lateral (
      select id, at from teal.events where environment = t.environment and tenant = t.id order by id desc limit 1
    ) e on true
    where t.environment = ${environment} and t.id = ${tenant}
    order by t.offboarded_at desc nulls first, t.created_at desc
    limit 1`.execute(db);
  return rows[0];
}

const operation = sql`jsonb_build_object('id', o.id, 'kind', o.kind, 'state', o.state, 'phase', o.phase,
    'release', o.move -> 'content' ->> 'release', 'actor', o.actor, 'code', o.outcome ->> 'code')`;
