import type { Terms } from "../../../model/layout.ts";
import { effectivePolicy, type NewRollout, type Policy } from "../../../model/policy.ts";
import type { TenantSettings } from "../../../model/tenant.ts";
import type { Queries } from "../../ledger/database.ts";
import type { Deps } from "../deps.ts";
import { policyNow } from "../policies/policy.ts";

/** What a new operation is accepted on: computed here, once, so that no later change of a policy touches it. */
export type WholeTerms = Terms & { policy: Policy };

/** For an operation on a tenant of these settings: environment's policy, then the tenant's, then what was `wished`. */
export async function termsOf(
  db: Queries,
  deps: Deps,
  environment: string,
  { policy, timeZone }: Pick<TenantSettings, "policy" | "timeZone">,
  wished: Partial<NewRollout> = {},
): Promise<WholeTerms> {
  const { override } = wished;
  const of = await policyNow(db, deps, environment);
  return { policy: effectivePolicy(of.policy, policy, wished), timeZone, ...(override && { override }) };
}
