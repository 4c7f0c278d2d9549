import { sql } from "kysely";
import type { Queries } from "../database.ts";

/** Takes workers whose names begin with `prefix` off the list: they have stopped, or are known to be dead. */
export async function removeWorkers(db: Queries, prefix: string): Promise<void> {
  await db
    .deleteFrom("workers")
    .where(sql<boolean>`starts_with(name, ${prefix})`)
    .execute();
}
