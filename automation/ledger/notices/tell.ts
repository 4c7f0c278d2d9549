import { sql } from "kysely";
import { concernOf, type Concern } from "../../../model/notice.ts";
import type { Operation } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";
import { operationOf } from "../operations/operationOf.ts";

/** Writes down what a person has to be told of an operation's change, in its transaction, where somebody wants to know. */
export async function tell(tx: Queries, before: Operation, after: Operation): Promise<void> {
  const concern = concernOf(after);
  if (concern && concern.about !== concernOf(before)?.about) await write(tx, after, concern);
}

/** The same for all operations of an environment that wait for a person now. */
export async function tellOfWaiting(tx: Queries, environment: string): Promise<void> {
  const rows = await tx
    .selectFrom("operations")
    .selectAll()
    .where("environment", "=", environment)
    .where("ended_at", "is", null)
    .where("phase", "in", ["awaiting-approval", "paused", "halted"])
    .execute();
  for (const operation of rows.map(operationOf)) {
    const concern = concernOf(operation);
    if (concern) await write(tx, operation, concern);
  }
}

/** Told already, as where trouble came in between: once is enough, the rest is a reminder's business. */
async function write(tx: Queries, { id, environment, tenant }: Operation, concern: Concern): Promise<void> {
  const { type, about, operation } = concern;
  await sql`
    insert into teal.notices (environment, tenant, operation, type, about, content)
    select environment, ${tenant}, ${id}, ${type}, ${about}, ${json(operation)}::jsonb
    from teal.webhooks where environment = ${environment}
    on conflict (operation, about) do nothing`.execute(tx);
}
