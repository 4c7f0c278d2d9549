import type { OutputView } from "../../../model/console/output.ts";
import { readOperation } from "../../ledger/operations/read.ts";
import { listOutputs } from "../../ledger/outputs/list.ts";
import type { Deps } from "../deps.ts";
import { operationNotFound } from "./notFound.ts";

/** What Pulumi printed for an operation, as far as it is kept. Throws `operation_not_found`. */
export async function outputCommand({ ledger }: Pick<Deps, "ledger">, id: string): Promise<OutputView> {
  const rows = await ledger.read(async (db) => {
    if (!(await readOperation(db, id))) throw operationNotFound(id);
    return listOutputs(db, id);
  });
  const items = rows.map(({ phase, task, failed, started_at, ended_at, text, truncated }) => ({
    phase,
    task,
    failed,
    startedAt: started_at.toISOString(),
    endedAt: ended_at.toISOString(),
    text,
    truncated,
  }));
  return { operation: id, items };
}
