import { TealError } from "../../../model/errors.ts";
import type { ReleaseView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { isProven, notePromotion } from "../../ledger/releases/promote.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { releaseView } from "../views.ts";
import { refuseWithdrawn } from "./deployable.ts";
import { insertOrSame } from "./register.ts";
import { requireSource } from "./source.ts";

/** The very same release in another environment, once it has succeeded in this one. Repeating it changes nothing. */
export async function promoteCommand(
  deps: Deps,
  environment: string,
  version: string,
  to: string,
  call: Call & { reason: string },
): Promise<{ release: ReleaseView; created: boolean }> {
  requireEnvironment(deps, environment);
  requireEnvironment(deps, to);
  if (to === environment) throw sameEnvironment(environment);
  const { actor, reason } = call;
  return once(deps.ledger, call, async (tx) => {
    const source = await readRelease(tx, environment, version);
    refuseWithdrawn(source);
    await requireSource(tx, deps, to, environment);
    if (!(await isProven(tx, environment, version))) throw notProven(environment, version);
    const { spec, provenance } = source;
    const { created } = await insertOrSame(tx, to, { ...spec, ...(provenance && { provenance }) }, actor);
    const promoted = await notePromotion(tx, to, version, { from: environment, by: actor, reason });
    if (promoted) {
      const message = `${actor} promoted release ${version} from ${environment} to ${to}: ${reason}`;
      const data = { actor, reason, release: version, image: source.spec.image, from: environment };
      const event = { operation: null, environment: to, tenant: null, type: "release_promoted" };
      await appendEvents(tx, [{ ...event, message, data }]);
    }
    return { release: releaseView(await readRelease(tx, to, version)), created };
  });
}

function notProven(environment: string, version: string): TealError {
  const message = `Expected release ${version} to have succeeded in ${environment}; no tenant there has been brought to it yet. Roll it out to one first.`;
  return new TealError("not_proven", message, { data: { environment, release: version } });
}

function sameEnvironment(environment: string): TealError {
  const expected = `another environment than ${environment}`;
  const received = JSON.stringify(environment);
  const error = { pointer: "/to", expected, received, message: `Expected ${expected}; got ${received}.` };
  return new TealError("invalid_input", `${error.pointer}: ${error.message}`, { data: { errors: [error] } });
}
