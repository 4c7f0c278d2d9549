import type { Queries } from "../database.ts";

export type InstallationKey = "id" | "secrets_salt" | "secrets_check" | "pulumi_encryption_salt" | "alertmanager_heard";

export async function readValue(db: Queries, key: InstallationKey): Promise<string | null> {
  const row = await db.selectFrom("installation").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value ?? null;
}

/** Writes a value once: the first writer wins. Gives the one that is stored. */
export async function writeOnce(db: Queries, key: InstallationKey, value: string): Promise<string> {
  await db
    .insertInto("installation")
    .values({ key, value })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  const stored = await readValue(db, key);
  return stored ?? value;
}
