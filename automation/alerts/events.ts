import type { Severity } from "../../model/alert.ts";
import type { Color } from "../../model/color.ts";
import type { NewEvent } from "../ledger/events/append.ts";

interface Told {
  name: string;
  severity: Severity;
  environment: string | null;
  tenant: string | null;
  color: Color | null;
  summary: string;
}

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
