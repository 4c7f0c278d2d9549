import { TealError } from "../../../model/errors.ts";
import type { NewFreeze } from "../../../model/freeze.ts";
import type { FreezeView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { insertFreeze } from "../../ledger/freezes/insert.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { freezeView } from "../views.ts";

/** From its beginning on no rollout begins; what has begun goes on. Throws `invalid_input` for one that is over already. */
export async function declareFreezeCommand(
  deps: Deps,
  environment: string,
  { from, to, reason }: NewFreeze,
  call: Call,
): Promise<FreezeView> {
  requireEnvironment(deps, environment);
  const { actor } = call;
  return once(deps.ledger, call, async (tx) => {
    const times = { from: from === undefined ? null : new Date(from), to: new Date(to) };
    const row = await insertFreeze(tx, { environment, ...times, reason, actor });
    if (!row) throw overAlready(to);
    const view = freezeView(row);
    const message = `${actor} froze environment ${environment} from ${view.from} to ${view.to}: ${reason}`;
    const data = { actor, reason, freeze: view.id, from: view.from, to: view.to };
    await appendEvents(tx, [{ operation: null, environment, tenant: null, type: "freeze_declared", message, data }]);
    return view;
  });
}

function overAlready(to: string): TealError {
  const expected = "a time to come, after `from`";
  const received = JSON.stringify(to);
  const error = { pointer: "/to", expected, received, message: `Expected ${expected}; got ${received}.` };
  return new TealError("invalid_input", `${error.pointer}: ${error.message}`, { data: { errors: [error] } });
}
