import type { Automation } from "../../automation.ts";
import { listFreezes } from "../../ledger/freezes/list.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { freezeView } from "../views.ts";
import { declareFreezeCommand } from "./declare.ts";
import { liftFreezeCommand } from "./lift.ts";

export function freezeCommands(deps: Deps): Automation["freezes"] {
  return {
    declare: (environment, freeze, call) => declareFreezeCommand(deps, environment, freeze, call),
    lift: (environment, id, call) => liftFreezeCommand(deps, environment, id, call),
    list: async (environment) => {
      requireEnvironment(deps, environment);
      return (await deps.ledger.read((db) => listFreezes(db, environment))).map(freezeView);
    },
  };
}
