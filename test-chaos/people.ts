/** What people do while operations are under way. */
import type { Intervention, Phase } from "../model/operation.ts";
import type { OperationView } from "../model/views.ts";
import type { ChaosTeal } from "./chaosTeal.ts";

type Act = (teal: ChaosTeal, operation: OperationView) => Promise<unknown>;

/** Once it is in `phase`. */
export function tell(name: Intervention, phase: Phase): Act {
  return async (teal, operation) => {
    await teal.when(operation, phase, (now) => now.phase === phase);
    await teal.accepted("POST", `/v1/operations/${operation.id}/${name}`, { reason: "because" });
  };
}

/** Whatever it is doing. */
export const goBack: Act = (teal, { id }) => teal.accepted("POST", `/v1/operations/${id}/abort`, { reason: "because" });

/** Once it shows what is to be approved. */
export const approve: Act = async (teal, operation) => {
  const asked = await teal.when(operation, "its question", ({ approval }) => approval?.plan !== undefined);
  const plan = asked.approval!.plan!;
  await teal.accepted("POST", `/v1/operations/${operation.id}/approve`, { plan, reason: "looks good" });
};

export function stopEnvironment(teal: ChaosTeal): Promise<unknown> {
  return teal.accepted("POST", "/v1/environments/develop/stop", { reason: "incident" });
}

export function resumeEnvironment(teal: ChaosTeal): Promise<unknown> {
  return teal.accepted("POST", "/v1/environments/develop/resume", { reason: "over" });
}
