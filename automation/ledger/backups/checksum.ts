import type { Queries } from "../database.ts";

/** Of a backup as it was taken; undefined where there is none of that id. */
export async function checksumOf(db: Queries, id: string): Promise<string | undefined> {
  const row = await db.selectFrom("backups").select("checksum").where("id", "=", id).executeTakeFirst();
  return row?.checksum;
}
