import type { EnvironmentView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { resumeEnvironment, stopEnvironment } from "../../ledger/environments/stop.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { rouse } from "../../ledger/operations/rouse.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment, viewOf } from "./environment.ts";

type Why = Call & { reason: string };

export async function stopCommand(deps: Deps, environment: string, call: Why): Promise<EnvironmentView> {
  return change(deps, environment, call, "stopped");
}

export async function resumeCommand(deps: Deps, environment: string, call: Why): Promise<EnvironmentView> {
  return change(deps, environment, call, "resumed");
}

async function change(deps: Deps, environment: string, call: Why, to: "stopped" | "resumed"): Promise<EnvironmentView> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  const { actor, reason } = call;
  return once(ledger, call, async (tx) => {
    const changed =
      to === "stopped"
        ? await stopEnvironment(tx, environment, actor, reason)
        : await resumeEnvironment(tx, environment);
    const view = await viewOf(tx, environment);
    if (!changed) return view;
    await rouse(tx, ledger.wake, environment);
    const message = `${actor} ${to} environment ${environment}: ${reason}`;
    const event = { operation: null, environment, tenant: null, type: `environment_${to}`, message };
    await appendEvents(tx, [{ ...event, data: { actor, reason } }]);
    return view;
  });
}
