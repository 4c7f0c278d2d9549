import { sql } from "kysely";
import { concernOf } from "../../../model/notice.ts";
import type { Queries } from "../database.ts";
import { readOperation } from "../operations/read.ts";
import type { NoticeRow } from "../schema.ts";

/** How long a worker has a notice to itself, seconds: more than any delivery takes. */
const leaseSeconds = 30;

/** Takes up to `limit` of an environment's notices that are due, for delivery by this worker and no other. */
export async function takeNotices(tx: Queries, environment: string, limit: number): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    update teal.notices
    set attempts = attempts + 1, lease_until = now() + make_interval(secs => ${leaseSeconds})
    where id in (
      select id from teal.notices
      where environment = ${environment}
        and due_at <= now()
        and (lease_until is null or lease_until < now())
      order by due_at
      limit ${limit}
      for update skip locked
    )
    returning *`.execute(tx);
  const current: NoticeRow[] = [];
  for (const row of rows) {
    const now = row.type === "operation.reminder" ? await refreshed(tx, row) : row;
    if (now) current.push(now);
  }
  return current;
}

/** A reminder as of now. Null where somebody has answered: there is nothing to remind of. */
async function refreshed(tx: Queries, row: NoticeRow): Promise<NoticeRow | null> {
  const operation = row.operation === null ? undefined : await readOperation(tx, row.operation);
  const concern = operation && concernOf(operation);
  if (concern?.about === row.about) return { ...row, content: concern.operation };
  await tx.deleteFrom("notices").where("id", "=", row.id).execute();
  return null;
}
