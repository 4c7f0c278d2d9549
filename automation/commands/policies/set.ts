import { isDeepStrictEqual } from "node:util";
import { TealError } from "../../../model/errors.ts";
import type { NewPolicy, Policy } from "../../../model/policy.ts";
import type { PolicyView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { lockEnvironment } from "../../ledger/environments/lock.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { insertPolicy } from "../../ledger/policies/insert.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { refuseAffinity } from "./affinity.ts";
import { policyNow, viewOf } from "./policy.ts";

/** Operations that are under way keep the policy that they were accepted with. The same policy again is no new version. */
export async function setPolicyCommand(
  deps: Deps,
  environment: string,
  given: NewPolicy,
  seen: number,
  call: Call & { reason: string },
): Promise<PolicyView> {
  requireEnvironment(deps, environment);
  const { actor, reason } = call;
  const policy: Policy = { ...deps.policy, ...given };
  requireSource(deps, environment, policy);
  refuseAffinity(deps, policy);
  return once(deps.ledger, call, async (tx) => {
    await lockEnvironment(tx, environment);
    const now = await policyNow(tx, deps, environment);
    if (seen !== now.version) throw versionMismatch(environment, now.version, seen);
    if (isDeepStrictEqual(now.policy, policy)) return viewOf(environment, now.version, now.policy, now.row);
    const version = now.version + 1;
    const row = await insertPolicy(tx, { environment, version, policy, actor, reason });
    const message = `${actor} changed the policy of environment ${environment}: ${reason}`;
    const changed = Object.entries(policy).filter(([name, value]) => !isDeepStrictEqual(value, was(now.policy, name)));
    const data = { actor, reason, version, changed: Object.fromEntries(changed) };
    await appendEvents(tx, [{ operation: null, environment, tenant: null, type: "policy_changed", message, data }]);
    return viewOf(environment, version, policy, row);
  });
}

function was(policy: Policy, name: string): unknown {
  return (policy as Record<string, unknown>)[name];
}

function requireSource({ environments }: Deps, environment: string, { promoteFrom }: Policy): void {
  if (promoteFrom === null || (promoteFrom !== environment && environments.includes(promoteFrom))) return;
  const others = environments.filter((name) => name !== environment);
  const expected = `one of the other declared environments (${others.join(", ")}) or null`;
  const received = JSON.stringify(promoteFrom);
  const error = {
    pointer: "/policy/promoteFrom",
    expected,
    received,
    message: `Expected ${expected}; got ${received}.`,
  };
  throw new TealError("invalid_input", `${error.pointer}: ${error.message}`, { data: { errors: [error] } });
}

function versionMismatch(environment: string, version: number, got: number): TealError {
  const message = `Expected the version that the policy of ${environment} has now, ${version}; got ${got}. Read it again and repeat the change on what it is now.`;
  return new TealError("revision_mismatch", message, { data: { environment, version, got } });
}
