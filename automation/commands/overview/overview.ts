import type { Automation } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { activityCommand } from "./activity.ts";
import { attentionCommand } from "./attention.ts";
import { calendarCommand } from "./calendar.ts";
import { fleetCommand, skewCommand } from "./fleet.ts";
import { statusCommand } from "./status.ts";

export function overviewCommands(deps: Deps): Automation["overview"] {
  return {
    attention: (filter, page) => attentionCommand(deps, filter, page),
    status: statusCommand(deps),
    fleet: (environment, page, seen) => fleetCommand(deps, environment, page, seen),
    skew: (environment) => skewCommand(deps, environment),
    calendar: (environment, span) => calendarCommand(deps, environment, span),
    activity: (filter, page) => activityCommand(deps, filter, page),
  };
}
