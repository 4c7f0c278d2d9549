import type { Queries } from "../database.ts";

/** What was kept is to be repaired: should the same come about again, it is news. */
export async function forgetKept(tx: Queries, uid: string): Promise<void> {
  await tx.updateTable("tenants").set({ kept: null }).where("uid", "=", uid).execute();
}
