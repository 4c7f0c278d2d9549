import type { Automation } from "../automation.ts";
import { listEvents } from "../ledger/events/list.ts";
import { readOperation } from "../ledger/operations/read.ts";
import type { Deps } from "./deps.ts";
import { requireEnvironment } from "./environments/environment.ts";
import { operationNotFound } from "./operations/notFound.ts";
import { eventView } from "./views.ts";

export function eventCommands(deps: Deps): Automation["events"] {
  const { ledger } = deps;
  return {
    list: async (filter, after, limit) => {
      const { environment, operation } = filter;
      if (environment !== undefined) requireEnvironment(deps, environment);
      return ledger.read(async (db) => {
        if (operation !== undefined && !(await readOperation(db, operation))) throw operationNotFound(operation);
        return (await listEvents(db, filter, after, limit)).map(eventView);
      });
    },
    onNew: (listener) => ledger.onEvents(listener),
  };
}
