import { sql } from "kysely";
import type { Queries } from "../database.ts";
import { readValue } from "../installation/value.ts";

const key = "alertmanager_heard";

/** Alertmanager's watchdog has come. */
export async function noteHeard(tx: Queries): Promise<void> {
  await sql`
    insert into teal.installation (key, value) values (${key}, ${new Date().toISOString()})
    on conflict (key) do update set value = excluded.value`.execute(tx);
}

/** When it last came; null: never. */
export async function readHeard(db: Queries): Promise<Date | null> {
  const value = await readValue(db, key);
  return value === null ? null : new Date(value);
}
