import type { TealEvent } from "../api/types.ts";

export type Key = readonly unknown[];

function certificates(environment: string | null): Key[] {
  return [["certificates", environment]];
}

/** Things that events of one type change, besides what every event does. Keys begin as those in api/queries.ts do. */
const ofType: Record<string, (environment: string | null) => Key[]> = {
  policy_changed: (environment) => [["policy", environment]],
  freeze_declared: (environment) => [["freezes", environment]],
  freeze_lifted: (environment) => [["freezes", environment]],
  release_registered: (environment) => [["releases", environment], ["environments"]],
  release_promoted: (environment) => [["releases", environment], ["environments"]],
  release_withdrawn: (environment) => [["releases", environment]],
  certificate_issued: certificates,
  certificate_failed: certificates,
  certificate_attention: certificates,
  certificate_attention_over: certificates,
  alert_firing: () => [["operation-alerts"]],
  alert_over: () => [["operation-alerts"]],
  held: (environment) => [["offboarded", environment]],
  retention_over: (environment) => [["offboarded", environment]],
  environment_stopped: () => [["environments"]],
  environment_resumed: () => [["environments"]],
  environment_mode: () => [["environments"]],
};

/** What an event may have changed of what the page shows: as little as can be said from the event alone. */
export function affectedBy(event: Pick<TealEvent, "environment" | "tenant" | "operation" | "type">): Key[] {
  const { environment, tenant, operation, type } = event;
  const keys: Key[] = [["attention"], ["activity"], ["status"], ["calendar", environment]];
  if (operation) keys.push(["operation", operation], ["operations"]);
  if (tenant) {
    keys.push(["tenant", environment, tenant], ["fleet", environment], ["adoption", environment]);
    // Tenants come and go.
    if (type === "accepted" || type === "phase") keys.push(["environments"], ["offboarded", environment]);
  }
  return [...keys, ...(ofType[type]?.(environment) ?? [])];
}

/** Each key once. */
export function distinct(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
