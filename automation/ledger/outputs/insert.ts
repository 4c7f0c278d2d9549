import { sql } from "kysely";
import { outputLimits, type OutputRun } from "../../../model/console/output.ts";
import type { Phase } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { text } from "../json.ts";

/** What Pulumi printed in a stack operation of an operation. */
export interface NewOutput {
  operation: string;
  phase: Phase;
  task: OutputRun["task"];
  failed: boolean;
  startedAt: Date;
  endedAt: Date;
  text: string;
  truncated: boolean;
}

/** Writes outputs down, and keeps of each operation the last ones only. */
export async function insertOutputs(tx: Queries, outputs: readonly NewOutput[]): Promise<void> {
  if (outputs.length === 0) return;
  const rows = outputs.map(({ startedAt, endedAt, text: printed, ...rest }) => ({
    ...rest,
    started_at: startedAt,
    ended_at: endedAt,
    text: text(printed),
  }));
  await tx.insertInto("outputs").values(rows).execute();
  const operations = [...new Set(outputs.map(({ operation }) => operation))];
  await sql`
    delete from teal.outputs old
    using unnest(${operations}::uuid[]) as written (operation)
    where old.operation = written.operation
      and old.seq <= (
        select seq from teal.outputs o where o.operation = written.operation
        order by seq desc offset ${outputLimits.runs} limit 1
      )`.execute(tx);
}
