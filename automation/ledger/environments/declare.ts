import type { Queries } from "../database.ts";

/** Makes the rows of environments that have none yet. */
export async function declareEnvironments(db: Queries, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db
    .insertInto("environments")
    .values(names.map((name) => ({ name })))
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
}
