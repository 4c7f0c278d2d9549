import type { Automation } from "../../automation.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { policyView } from "./policy.ts";
import { setPolicyCommand } from "./set.ts";

export function policyCommands(deps: Deps): Automation["policies"] {
  return {
    set: (environment, policy, version, call) => setPolicyCommand(deps, environment, policy, version, call),
    get: async (environment, version) => {
      requireEnvironment(deps, environment);
      return deps.ledger.read((db) => policyView(db, deps, environment, version));
    },
  };
}
