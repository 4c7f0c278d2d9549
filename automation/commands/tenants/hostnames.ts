import { TealError } from "../../../model/errors.ts";
import type { Queries } from "../../ledger/database.ts";
import { reserveHostnames, takenHostnames } from "../../ledger/tenants/hostnames.ts";
import type { Deps } from "../deps.ts";

/** Reserves a tenant's own host names. Throws `hostname_taken`, `invalid_input`. */
export async function claimHostnames(
  tx: Queries,
  deps: Deps,
  uid: string,
  hostnames: readonly string[],
): Promise<void> {
  refuseTealsOwn(deps, hostnames);
  refuseTaken(await reserveHostnames(tx, uid, hostnames));
}

/** The same checks, nothing reserved. `uid` is null for a tenant that doesn't exist yet. */
export async function checkHostnames(
  db: Queries,
  deps: Deps,
  uid: string | null,
  hostnames: readonly string[],
): Promise<void> {
  refuseTealsOwn(deps, hostnames);
  refuseTaken(await takenHostnames(db, uid, hostnames));
}

/** Names below an environment's domain are given by Teal: each is some tenant's, now or later. */
function refuseTealsOwn({ environments, domain }: Deps, hostnames: readonly string[]): void {
  const errors = hostnames.flatMap((hostname, index) => {
    const environment = environments.find((name) => hostname.endsWith(`.${name}.${domain}`));
    if (environment === undefined) return [];
    const expected = `a host name outside of ${environment}.${domain}, where Teal gives every tenant one by its id`;
    const received = JSON.stringify(hostname);
    return [{ pointer: `/hostnames/${index}`, expected, received, message: `Expected ${expected}; got ${received}.` }];
  });
  const first = errors[0];
  if (first) throw new TealError("invalid_input", `${first.pointer}: ${first.message}`, { data: { errors } });
}

function refuseTaken(taken: readonly string[]): void {
  if (taken.length === 0) return;
  const message = `Expected host names that no other tenant has; taken: ${taken.join(", ")}.`;
  throw new TealError("hostname_taken", message, { data: { hostnames: taken } });
}
