import type { TenantSettings } from "../../../model/tenant.ts";
import { revisionContext, type Secrets } from "../../secrets.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";

export interface NewRevision {
  uid: string;
  revision: number;
  settings: TenantSettings;
  actor: string;
}

export async function insertRevision(
  tx: Queries,
  secrets: Secrets,
  { uid, revision, settings, actor }: NewRevision,
): Promise<void> {
  const { secrets: plain, ...open } = settings;
  await tx
    .insertInto("revisions")
    .values({
      tenant_uid: uid,
      revision,
      settings: json(open),
      secret_names: Object.keys(plain).sort(),
      secrets: secrets.seal(revisionContext(uid, revision), plain),
      created_by: actor,
    })
    .execute();
}

/** The number that the next revision of a tenant gets; refused ones count too. */
export async function nextRevision(tx: Queries, uid: string): Promise<number> {
  const { last } = await tx
    .selectFrom("revisions")
    .select(({ fn }) => fn.max("revision").as("last"))
    .where("tenant_uid", "=", uid)
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}
