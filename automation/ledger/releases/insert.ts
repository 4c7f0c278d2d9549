import type { NewRelease } from "../../../model/release.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";
import type { ReleaseRow } from "../schema.ts";

/** Undefined where the environment has the version already. */
export async function insertRelease(
  tx: Queries,
  environment: string,
  release: NewRelease,
  actor: string,
): Promise<ReleaseRow | undefined> {
  const { provenance, ...spec } = release;
  return tx
    .insertInto("releases")
    .values({
      environment,
      version: release.version,
      spec: json(spec),
      provenance: provenance ? json(provenance) : null,
      created_by: text(actor),
    })
    .onConflict((conflict) => conflict.columns(["environment", "version"]).doNothing())
    .returningAll()
    .executeTakeFirst();
}
