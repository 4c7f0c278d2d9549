import type { Policy } from "../../../model/policy.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";
import type { PolicyRow } from "../schema.ts";

export interface NewVersion {
  environment: string;
  version: number;
  policy: Policy;
  actor: string;
  reason: string;
}

export async function insertPolicy(
  tx: Queries,
  { environment, version, policy, actor, reason }: NewVersion,
): Promise<PolicyRow> {
  return tx
    .insertInto("policies")
    .values({ environment, version, policy: json(policy), created_by: text(actor), reason: text(reason) })
    .returningAll()
    .executeTakeFirstOrThrow();
}
