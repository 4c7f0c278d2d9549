import type { Layout } from "../../../model/layout.ts";
import type { Kept } from "../../drift/kept.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";

/** Takes what was found as what is so, and remembers what is kept besides. */
export async function adoptTenant(
  tx: Queries,
  uid: string,
  { layout, kept }: { layout: Layout; kept: Kept },
): Promise<void> {
  const { revision } = layout;
  await tx
    .updateTable("tenants")
    .set({ layout: json(layout), revision, kept: json(kept), attention: null })
    .where("uid", "=", uid)
    .execute();
}
