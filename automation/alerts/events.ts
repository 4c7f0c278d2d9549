import type { NewEvent } from "../ledger/events/append.ts";
import type { ToldAlert } from "./told.ts";

type Told = Pick<ToldAlert, "name" | "severity" | "environment" | "tenant" | "color" | "summary">;

export function firingEvent(id: string, told: Told): NewEvent {
  return eventOf(id, told, "alert_firing", `Alert ${told.name} (${told.severity}): ${told.summary}.`);
}

export function overEvent(id: string, told: Told): NewEvent {
  return eventOf(id, told, "alert_over", `Alert ${told.name} is over: ${told.summary}.`);
}

export function lapsedEvent(id: string, told: Told): NewEvent {
  const message = `Alert ${told.name} counts as over, since Alertmanager went silent about it: ${told.summary}.`;
  return eventOf(id, told, "alert_over", message);
}

function eventOf(alert: string, told: Told, type: string, message: string): NewEvent {
  const { environment, tenant, name, severity, color } = told;
  return { operation: null, environment, tenant, type, message, data: { alert, name, severity, color } };
}
