import { sql } from "kysely";
import type { NoticedDrill, NoticeType } from "../../../model/notice.ts";
import type { Queries } from "../database.ts";
import { appendEvents } from "../events/append.ts";
import { json } from "../json.ts";
import { drillConcerns, type DrillConcern } from "./concerns.ts";

const atOnce = 100;

/** Tells once which tenants' drills have become overdue, by an event and, where somebody wants to know, a notice. Gives how many. */
export async function tellOfOverdue(tx: Queries, environments: readonly string[]): Promise<number> {
  // Notices that were delivered are gone: the event remembers that it was told.
  const { rows } = await sql<DrillConcern & { uid: string; since: Date }>`
    select c.uid, c.environment, c.tenant, c.code, c.message, c.since
    from ${drillConcerns} c
    where c.code = 'drill_overdue' and c.environment = any (${[...environments]}::text[])
      and not exists (
        select from teal.events e
        where e.environment = c.environment and e.tenant = c.tenant and e.type = 'drill_overdue' and e.at >= c.since
      )
    limit ${atOnce}`.execute(tx);
  for (const { uid, environment, tenant, since, code, message } of rows) {
    const to = { environment, tenant, about: `${code} ${since.toISOString()}`, subject: uid };
    await notice(tx, "drill.overdue", to, { id: null, backup: null, code, message });
  }
  await appendEvents(
    tx,
    rows.map(({ environment, tenant, code: type, message }) => ({
      operation: null,
      environment,
      tenant,
      type,
      message,
    })),
  );
  return rows.length;
}

/** Tells what stands already, as where somebody wants to know from now on. */
export async function tellOfStandingDrills(tx: Queries, environment: string): Promise<void> {
  const { rows } = await sql<
    DrillConcern & { uid: string; drill: string; backup: string | null; since: Date; why: string | null }
  >`
    select c.uid, c.environment, c.tenant, c.drill, c.backup, c.code, c.message, c.since, d.code as why
    from ${drillConcerns} c left join teal.drills d on d.id = c.drill where c.environment = ${environment}`.execute(tx);
  for (const { uid, tenant, drill, backup, code, message, since, why } of rows) {
    if (code === "drill_failed")
      await tellOfFailed(tx, { environment, tenant }, { id: drill, backup, code: why ?? code, message });
    else {
      const to = { environment, tenant, about: `${code} ${since.toISOString()}`, subject: uid };
      await notice(tx, "drill.overdue", to, { id: null, backup: null, code, message });
    }
  }
}

/** Tells of a drill that failed, where somebody wants to know. */
export async function tellOfFailed(
  tx: Queries,
  { environment, tenant }: { environment: string; tenant: string },
  drill: NoticedDrill & { id: string },
): Promise<void> {
  await notice(tx, "drill.failed", { environment, tenant, about: "drill_failed", subject: drill.id }, drill);
}

async function notice(
  tx: Queries,
  type: NoticeType,
  { environment, tenant, about, subject }: { environment: string; tenant: string; about: string; subject: string },
  content: NoticedDrill,
): Promise<void> {
  await sql`
    insert into teal.notices (environment, tenant, operation, type, about, content)
    select environment, ${tenant}, ${subject}, ${type}, ${about}, ${json(content)}::jsonb
    from teal.webhooks where environment = ${environment}
    on conflict (operation, about) do nothing`.execute(tx);
}
