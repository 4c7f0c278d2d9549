import type { Automation } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { pending } from "../pending.ts";
import { attentionCommand } from "./attention.ts";
import { statusCommand } from "./status.ts";

export function overviewCommands(deps: Deps): Automation["overview"] {
  return {
    attention: (filter, page) => attentionCommand(deps, filter, page),
    status: statusCommand(deps),
    fleet: pending,
    skew: pending,
    calendar: pending,
    activity: pending,
  };
}
