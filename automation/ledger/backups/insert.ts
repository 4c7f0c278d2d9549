import { sql } from "kysely";
import type { Operation } from "../../../model/operation.ts";
import type { Advance } from "../claims.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";
import { readRelease } from "../releases/read.ts";

/** Writes down a backup that the operation has taken, once, and which older ones are gone. */
export async function recordBackup(
  tx: Queries,
  tenantUid: string,
  { id, environment }: Pick<Operation, "id" | "environment">,
  { provider, taken, layout, stack, pruned }: NonNullable<Advance["backup"]>,
): Promise<void> {
  const { release } = layout.slots[layout.live]!;
  const { spec } = await readRelease(tx, environment, release);
  await tx
    .insertInto("backups")
    .values({
      id,
      tenant_uid: tenantUid,
      taken_at: new Date(taken.takenAt),
      provider,
      location: text(taken.location),
      bytes: taken.bytes,
      files: taken.files,
      checksum: taken.checksum,
      last_write_at: taken.lastWriteAt === null ? null : new Date(taken.lastWriteAt),
      schema_version: taken.schemaVersion === null ? null : text(taken.schemaVersion),
      release,
      image: spec.image,
      layout: json(layout),
      stack_version: stack?.version ?? null,
      stack_updated_at: stack && new Date(stack.at),
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  if (pruned.length === 0) return;
  await tx
    .updateTable("backups")
    .set({ pruned_at: sql<Date>`now()` })
    .where("id", "in", pruned)
    .where("pruned_at", "is", null)
    .execute();
}
