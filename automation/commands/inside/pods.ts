import type { LogsView, PodsView } from "../../../model/console/pods.ts";
import { namespaceOf } from "../../../tenant/plan/names.ts";
import type { LogsWanted } from "../../automation.ts";
import { masking } from "../../stacks/mask.ts";
import type { Deps } from "../deps.ts";
import { tenantInside } from "./tenant.ts";
import { logLines } from "./logLines.ts";

export async function podsCommand(deps: Deps, environment: string, id: string): Promise<PodsView> {
  const { live, secrets } = await tenantInside(deps, environment, id);
  const namespace = namespaceOf({ environment, id });
  const { pods, more, events } = await deps.inside.pods(namespace);
  const mask = masking(secrets);
  const items = pods.map((pod) => ({
    ...pod,
    role: pod.color && (pod.color === live ? ("live" as const) : ("other" as const)),
    containers: pod.containers.map((one) => ({ ...one, ...(one.message && { message: mask(one.message) }) })),
  }));
  const masked = events.map((event) => ({ ...event, message: mask(event.message) }));
  return { environment, tenant: id, namespace, at: new Date().toISOString(), items, more, events: masked };
}

export async function logsCommand(deps: Deps, environment: string, id: string, wanted: LogsWanted): Promise<LogsView> {
  const { secrets } = await tenantInside(deps, environment, id);
  const { logs, more } = await deps.inside.logs(namespaceOf({ environment, id }), wanted);
  const mask = masking(secrets);
  const items = logs.map(({ text, problem, ...of }) => ({
    ...of,
    ...logLines(text, mask, wanted.lines),
    ...(problem !== undefined && { problem: mask(problem) }),
  }));
  return { environment, tenant: id, at: new Date().toISOString(), items, more };
}
