import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { tellOfStandingCertificates } from "../certificates/concerns.ts";
import { tellOfStandingDrills } from "../drills/tell.ts";
import { text } from "../json.ts";
import { tellOfWaiting } from "../notices/tell.ts";
import type { WebhookRow } from "../schema.ts";
import { readWebhook } from "./read.ts";

export interface WebhookChange {
  environment: string;
  url: string;
  /** Sealed. */
  secret: Buffer;
  remindMinutes: number;
  actor: string;
  reason: string | null;
}

/**
 * Sets an environment's webhook; the caller holds the environment. What could not be delivered is tried again at once,
 * reminders move as their interval does, and a first webhook hears of what waits already, and of what certificates and drills have had told before.
 */
export async function setWebhook(tx: Queries, change: WebhookChange): Promise<WebhookRow> {
  const { environment, url, secret, remindMinutes, actor, reason } = change;
  const before = await readWebhook(tx, environment);
  const values = {
    url: text(url),
    secret,
    remind_minutes: remindMinutes,
    changed_by: text(actor),
    changed_reason: reason === null ? null : text(reason),
  };
  const row = await tx
    .insertInto("webhooks")
    .values({ environment, ...values })
    .onConflict((conflict) => conflict.column("environment").doUpdateSet({ ...values, changed_at: sql<Date>`now()` }))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (before) await hasten(tx, environment, remindMinutes - before.remind_minutes);
  else await tellOfAll(tx, environment);
  return row;
}

/** All that needs a person now. */
async function tellOfAll(tx: Queries, environment: string): Promise<void> {
  await tellOfWaiting(tx, environment);
  await tellOfStandingCertificates(tx, environment);
  await tellOfStandingDrills(tx, environment);
}

async function hasten(tx: Queries, environment: string, minutes: number): Promise<void> {
  await sql`
    update teal.notices
    set due_at = case
          when attempts > 0 then least(due_at, now())
          when type = 'operation.reminder' then due_at + make_interval(mins => ${minutes})
          else due_at
        end,
        since = case
          when attempts = 0 and type = 'operation.reminder' then since + make_interval(mins => ${minutes})
          else since
        end
    where environment = ${environment}`.execute(tx);
}
