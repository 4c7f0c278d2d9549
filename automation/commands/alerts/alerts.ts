import type { Automation } from "../../automation.ts";
import { alertsDuring, listAlerts } from "../../ledger/alerts/list.ts";
import { readOperation } from "../../ledger/operations/read.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { operationNotFound } from "../operations/notFound.ts";
import { takeCommand } from "./take.ts";
import { alertView } from "./view.ts";

/** Shown of one operation, at most. */
const most = 50;

export function alertCommands(deps: Deps): Automation["alerts"] {
  const { ledger, environments } = deps;
  return {
    take: (told, call) => takeCommand(deps, told, call),
    list: async (filter, page) => {
      if (filter.environment !== undefined) requireEnvironment(deps, filter.environment);
      return paged(
        "alerts",
        page,
        (before, limit) => ledger.read((db) => listAlerts(db, { ...filter, environments }, numberOf(before), limit)),
        { keyOf: ({ seq }) => seq, viewOf: alertView },
      );
    },
    during: async (id) => {
      const operation = await ledger.read((db) => readOperation(db, id));
      if (!operation) throw operationNotFound(id);
      const { environment, tenant, move, startedAt, createdAt, endedAt } = operation;
      if (!move) return [];
      const span = { from: startedAt ?? createdAt, to: endedAt };
      const of = { environment, tenant, color: move.target };
      return (await ledger.read((db) => alertsDuring(db, of, span, most))).map(alertView);
    },
  };
}
