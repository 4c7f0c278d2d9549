import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { appendEvents } from "../events/append.ts";
import type { NoticeRow } from "../schema.ts";

/** Of what waits for an answer, people are reminded. */
const reminded = new Set<NoticeRow["type"]>(["operation.waiting", "operation.halted", "operation.reminder"]);

/** Seconds after which what could not be delivered is given up. */
export const giveUpSeconds = 86_400;

/** Seconds until the next try after `attempts` failures: 1, 2, 4, … at most 600. */
export function retrySeconds(attempts: number): number {
  return Math.min(600, 2 ** Math.max(0, attempts - 1));
}

/** It was delivered: nothing is left of it but, where an operation waits, the coming reminder. */
export async function noticeDelivered(tx: Queries, notice: NoticeRow): Promise<void> {
  await done(tx, notice);
}

/** It was not: it is tried again, for a day. `problem` says why, without secrets. */
export async function noticeFailed(tx: Queries, notice: NoticeRow, problem: string): Promise<void> {
  const { environment, tenant, attempts, type } = notice;
  const operation = type.startsWith("operation.") ? notice.operation : null;
  const { rows } = await sql<{ late: boolean }>`
    update teal.notices
    set lease_until = null, due_at = now() + make_interval(secs => ${retrySeconds(attempts)})
    where id = ${notice.id} and attempts = ${attempts}
    returning since < now() - make_interval(secs => ${giveUpSeconds}) as late`.execute(tx);
  if (!rows[0]?.late) return;
  await done(tx, notice);
  const message = `The webhook of environment ${environment} could not be told (${type}) within a day, ${attempts} times tried. ${problem}`;
  const data = { type, attempts, problem };
  await appendEvents(tx, [{ operation, environment, tenant, type: "webhook_failed", message, data }]);
}

async function done(tx: Queries, { id, attempts, type }: NoticeRow): Promise<void> {
  // Whoever took it after this worker's lease had run out sees to it: `attempts` is the fence.
  if (!reminded.has(type)) {
    await tx.deleteFrom("notices").where("id", "=", id).where("attempts", "=", attempts).execute();
    return;
  }
  await sql`
    update teal.notices n
    set id = gen_random_uuid(),
        type = 'operation.reminder',
        attempts = 0,
        lease_until = null,
        since = now() + make_interval(mins => w.remind_minutes),
        due_at = now() + make_interval(mins => w.remind_minutes)
    from teal.webhooks w
    where w.environment = n.environment and n.id = ${id} and n.attempts = ${attempts}`.execute(tx);
}
