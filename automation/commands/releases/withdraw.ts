import type { ReleaseView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { withdrawRelease } from "../../ledger/releases/withdraw.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { releaseView } from "../views.ts";

/** From now on the release is brought to no tenant. Tenants that have it keep it. Repeating it changes nothing. */
export async function withdrawCommand(
  deps: Deps,
  environment: string,
  version: string,
  call: Call & { reason: string },
): Promise<ReleaseView> {
  requireEnvironment(deps, environment);
  const { actor, reason } = call;
  return once(deps.ledger, call, async (tx) => {
    const withdrawn = await withdrawRelease(tx, environment, version, { by: actor, reason });
    const release = await readRelease(tx, environment, version);
    if (withdrawn) {
      const message = `${actor} withdrew release ${version}: ${reason}`;
      const event = { operation: null, environment, tenant: null, type: "release_withdrawn", message };
      await appendEvents(tx, [{ ...event, data: { actor, reason, release: version } }]);
    }
    return releaseView(release);
  });
}
