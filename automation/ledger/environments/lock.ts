import type { Queries } from "../database.ts";

/** The environment, held for the rest of the transaction: its policy has one change at a time. */
export async function lockEnvironment(tx: Queries, name: string): Promise<void> {
  await tx
    .selectFrom("environments")
    .select("name")
    .where("name", "=", name)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}
