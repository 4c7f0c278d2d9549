import type { Automation } from "../../automation.ts";
import { listReleases } from "../../ledger/releases/list.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { releaseView } from "../views.ts";
import { adoptionCommand } from "./adoption.ts";
import { promoteCommand } from "./promote.ts";
import { registerCommand } from "./register.ts";
import { withdrawCommand } from "./withdraw.ts";

export function releaseCommands(deps: Deps): Automation["releases"] {
  const { ledger } = deps;
  return {
    adoption: (environment, version, limit) => adoptionCommand(deps, environment, version, limit),
    register: (environment, release, call) => registerCommand(deps, environment, release, call),
    withdraw: (environment, version, call) => withdrawCommand(deps, environment, version, call),
    promote: (environment, version, to, call) => promoteCommand(deps, environment, version, to, call),
    get: async (environment, version) => {
      requireEnvironment(deps, environment);
      return releaseView(await ledger.read((db) => readRelease(db, environment, version)));
    },
    list: async (environment, page) => {
      requireEnvironment(deps, environment);
      return paged(
        "releases",
        page,
        (before, limit) => ledger.read((db) => listReleases(db, environment, numberOf(before), limit)),
        { keyOf: (row) => row.seq, viewOf: releaseView },
      );
    },
  };
}
