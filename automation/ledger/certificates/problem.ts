import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";

/** Why an environment's provider can't be worked with, and since when; undefined where it can. */
export async function readProblem(
  db: Queries,
  environment: string,
): Promise<{ message: string; since: Date } | undefined> {
  return db
    .selectFrom("certificate_problems")
    .select(["message", "since"])
    .where("environment", "=", environment)
    .executeTakeFirst();
}

/** Null: all is well (again). */
export async function noteProblem(tx: Queries, environment: string, message: string | null, at: Date): Promise<void> {
  if (message === null) {
    await tx.deleteFrom("certificate_problems").where("environment", "=", environment).execute();
    return;
  }
  await sql`
    insert into teal.certificate_problems (environment, message, since)
    values (${environment}, ${text(message)}, ${at})
    on conflict (environment) do update set message = excluded.message`.execute(tx);
}
