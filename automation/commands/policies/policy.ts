import { TealError } from "../../../model/errors.ts";
import type { Policy } from "../../../model/policy.ts";
import type { PolicyView } from "../../../model/views.ts";
import type { Queries } from "../../ledger/database.ts";
import { readPolicy } from "../../ledger/policies/read.ts";
import type { PolicyRow } from "../../ledger/schema.ts";
import type { Deps } from "../deps.ts";

/** An environment's policy as it is now. Version 0: nobody has set one, and the installation's defaults hold. */
export async function policyNow(
  db: Queries,
  { policy: defaults }: Pick<Deps, "policy">,
  environment: string,
): Promise<{ version: number; policy: Policy; row?: PolicyRow }> {
  const row = await readPolicy(db, environment);
  return row ? { version: row.version, policy: { ...defaults, ...row.policy }, row } : { version: 0, policy: defaults };
}

/** The policy as of a version, the newest if none is named. Throws `policy_not_found`. */
export async function policyView(
  db: Queries,
  deps: Pick<Deps, "policy">,
  environment: string,
  version?: number,
): Promise<PolicyView> {
  if (version === undefined || version === 0) {
    const { version: newest, policy, row } = await policyNow(db, deps, environment);
    if (version === undefined) return viewOf(environment, newest, policy, row);
    return viewOf(environment, 0, deps.policy);
  }
  const row = await readPolicy(db, environment, version);
  if (!row) throw policyNotFound(environment, version);
  return viewOf(environment, version, { ...deps.policy, ...row.policy }, row);
}

export function viewOf(environment: string, version: number, policy: Policy, row?: PolicyRow): PolicyView {
  const changed = row && { at: row.created_at.toISOString(), by: row.created_by, reason: row.reason };
  return { environment, version, policy, ...(changed && { changed }) };
}

function policyNotFound(environment: string, version: number): TealError {
  const message = `The policy of environment ${environment} has no version ${version}.`;
  return new TealError("policy_not_found", message, { data: { environment, version } });
}
