import type { Automation } from "../../automation.ts";
import { TealError } from "../../../model/errors.ts";
import type { Queries } from "../../ledger/database.ts";
import { listOffboarded, type Offboarded } from "../../ledger/offboardings/read.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { holdCommand } from "./hold.ts";
import { offboardedView } from "./view.ts";

export function offboardedCommands(deps: Deps): Automation["offboarded"] {
  const { ledger } = deps;
  const read = (environment: string, operation: string) => {
    requireEnvironment(deps, environment);
    return ledger.read((db) => offboardedOf(db, environment, operation));
  };
  return {
    list: async (environment, { tenant, ...page }) => {
      requireEnvironment(deps, environment);
      return paged(
        "offboarded",
        page,
        (before, limit) =>
          ledger.read((db) => listOffboarded(db, environment, tenant ? { tenant } : {}, numberOf(before), limit)),
        { keyOf: (row) => row.seq, viewOf: offboardedView },
      );
    },
    get: async (environment, operation) => offboardedView(await read(environment, operation)),
    export: async (environment, operation) => {
      const { exported, tenant, pruned_at: at } = await read(environment, operation);
      if (exported) return exported;
      const why = at ? `it was deleted at ${at.toISOString()}` : "none was made";
      const message = `There is no export of tenant ${tenant}: ${why}.`;
      throw new TealError("export_gone", message, { data: { operation } });
    },
    hold: (environment, operation, hold, call) => holdCommand(deps, environment, operation, hold, call),
  };
}

/** Throws `offboarded_not_found`. */
export async function offboardedOf(db: Queries, environment: string, operation: string): Promise<Offboarded> {
  const [row] = await listOffboarded(db, environment, { operation }, undefined, 1);
  if (row) return row;
  const message = `Expected the id of an offboarding that has ended in ${environment}; got ${operation}. GET …/offboarded lists them.`;
  throw new TealError("offboarded_not_found", message, { data: { environment, operation } });
}
