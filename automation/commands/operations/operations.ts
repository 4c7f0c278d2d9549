import type { Automation } from "../../automation.ts";
import { operationOf } from "../../ledger/operations/operationOf.ts";
import { listOperations, readOperation } from "../../ledger/operations/read.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { operationView } from "../views.ts";
import { acknowledgeCommand } from "./acknowledge.ts";
import { interveneCommand } from "./intervene.ts";
import { operationNotFound } from "./notFound.ts";
import { outputCommand } from "./output.ts";
import { followPreviewLink, makePreviewLink } from "./previewLink.ts";

export function operationCommands(deps: Deps): Automation["operations"] {
  const { ledger } = deps;
  return {
    acknowledge: (id, call) => acknowledgeCommand(deps, id, call),
    output: (id) => outputCommand(deps, id),
    makePreviewLink: (id, minutes, call) => makePreviewLink(deps, id, minutes, call),
    followPreviewLink: (token) => followPreviewLink(deps, token),
    intervene: (id, name, call) => interveneCommand(deps, id, name, call),
    get: async (id) => {
      const operation = await ledger.read((db) => readOperation(db, id));
      if (!operation) throw operationNotFound(id);
      return operationView(operation);
    },
    list: async (filter, page) => {
      if (filter.environment !== undefined) requireEnvironment(deps, filter.environment);
      return paged(
        "operations",
        page,
        (before, limit) => ledger.read((db) => listOperations(db, filter, numberOf(before), limit)),
        { keyOf: (row) => row.seq, viewOf: (row) => operationView(operationOf(row)) },
      );
    },
  };
}
