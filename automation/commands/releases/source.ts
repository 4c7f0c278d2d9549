import { TealError } from "../../../model/errors.ts";
import type { Queries } from "../../ledger/database.ts";
import type { Deps } from "../deps.ts";
import { policyNow } from "../policies/policy.ts";

/**
 * Throws `promotion_source` where the environment's policy has its releases promoted from another environment than
 * `from`. Null: it is registered there, which is as if it came from nowhere.
 */
export async function requireSource(db: Queries, deps: Deps, environment: string, from: string | null): Promise<void> {
  const { promoteFrom } = (await policyNow(db, deps, environment)).policy;
  if (promoteFrom === null || promoteFrom === from) return;
  const got = from === null ? "a new one" : `one from ${from}`;
  const message = `Expected releases of ${environment} to be promoted from ${promoteFrom}, as its policy says; got ${got}.`;
  throw new TealError("promotion_source", message, { data: { environment, promoteFrom } });
}
