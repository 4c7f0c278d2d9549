import type { Automation } from "../../automation.ts";
import { readEnvironments } from "../../ledger/environments/read.ts";
import type { Deps } from "../deps.ts";
import { environmentView } from "../views.ts";
import { requireEnvironment, viewOf } from "./environment.ts";
import { setModeCommand } from "./mode.ts";
import { resumeCommand, stopCommand } from "./stop.ts";

export function environmentCommands(deps: Deps): Automation["environments"] {
  const { ledger, environments } = deps;
  return {
    list: async () => (await ledger.read((db) => readEnvironments(db, environments))).map(environmentView),
    get: async (environment) => {
      requireEnvironment(deps, environment);
      return ledger.read((db) => viewOf(db, environment));
    },
    stop: (environment, call) => stopCommand(deps, environment, call),
    setMode: (environment, mode, call) => setModeCommand(deps, environment, mode, call),
    resume: (environment, call) => resumeCommand(deps, environment, call),
  };
}
