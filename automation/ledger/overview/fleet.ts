import { sql } from "kysely";
import type { Layout } from "../../../model/layout.ts";
import type { OperationKind, OperationState, Phase } from "../../../model/operation.ts";
import type { Tier } from "../../../model/tenant.ts";
import type { Queries } from "../database.ts";
import type { ReadinessByColor } from "../schema.ts";
import { endedBadly } from "./endedBadly.ts";

/** A tenant as far as a row of the fleet shows it. */
export interface FleetTenant {
  id: string;
  name: string;
  hostnames: string[];
  tier: Tier;
  ring: number;
  layout: Layout | null;
  readiness: ReadinessByColor;
  attention: string | null;
  /** The operation under way. */
  operation: string | null;
  kind: OperationKind;
  state: OperationState;
  phase: Phase;
  resume: Phase | null;
  release: string | null;
  step: number;
  steps: number[] | null;
  code: string | null;
  since: string;
  /** The operation that ended badly, and nobody has acted on. */
  bad: string | null;
  badCode: string | null;
}

/** By id, those after `after`. Only what is shown is read: settings may be long. */
export async function readFleet(
  db: Queries,
  environment: string,
  after: string | undefined,
  limit: number,
): Promise<FleetTenant[]> {
  const { rows } = await sql<FleetTenant>`
    select t.id, r.settings ->> 'name' as name, r.settings -> 'hostnames' as hostnames,
      r.settings ->> 'tier' as tier, (r.settings ->> 'ring')::integer as ring,
      t.layout, t.readiness, t.attention ->> 'code' as attention,
      o.id as operation, o.kind, o.state, o.phase, o.memory ->> 'resume' as resume,
      o.move -> 'content' ->> 'release' as release, (o.memory ->> 'step')::integer as step, o.move -> 'steps' as steps,
      o.outcome ->> 'code' as code, o.memory ->> 'phaseSince' as since,
      bad.id as bad, coalesce(bad.outcome ->> 'code', bad.state) as "badCode"
    from teal.tenants t
    join teal.revisions r on r.tenant_uid = t.uid and r.revision = t.revision
    left join teal.operations o on o.tenant_uid = t.uid and o.ended_at is null
    left join ${endedBadly} bad on true
    where t.environment = ${environment} and t.offboarded_at is null and t.id > ${after ?? ""}
    order by t.id
    limit ${limit}`.execute(db);
  return rows;
}

/** What tells a fleet from what it was before, without reading it. */
export interface FleetMark {
  tenants: number;
  /** Rises with every change of any tenant. */
  changes: string;
  /** Of the environment; releases and operations change with one only. */
  event: number;
}

export async function markFleet(db: Queries, environment: string): Promise<FleetMark> {
  // A row's xmin is the transaction that wrote it last: pods are seen ready, or not, without an event.
  const { rows } = await sql<FleetMark>`
    select count(*) as tenants, coalesce(sum(xmin::text::bigint), 0)::text as changes,
      coalesce((select max(id) from teal.events where environment = ${environment}), 0) as event
    from teal.tenants
    where environment = ${environment} and offboarded_at is null`.execute(db);
  return rows[0]!;
}
