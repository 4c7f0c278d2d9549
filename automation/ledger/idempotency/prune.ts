import type { Queries } from "../database.ts";

const day = 86_400_000;

/** Forgets the answers to calls that are older than a day. */
export async function pruneIdempotency(tx: Queries, now: Date): Promise<void> {
  await tx
    .deleteFrom("idempotency")
    .where("created_at", "<", new Date(now.getTime() - day))
    .execute();
}
