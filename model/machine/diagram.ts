import type { OperationKind } from "../operation.ts";
import { table } from "./table.ts";

/** The table's rows for one kind of operation as a Mermaid state diagram, one arrow per pair of phases. */
export function diagramOf(kind: OperationKind): string {
  const arrows = new Map<string, string[]>();
  for (const row of table) {
    if (!row.kinds.includes(kind)) continue;
    const to = row.to === "resume" ? "where it was" : row.to;
    for (const from of row.from) {
      const key = `${id(from)} --> ${id(to)}`;
      const events = row.on.map((event) => (row.when ? `${event} [${row.when}]` : event));
      arrows.set(key, [...(arrows.get(key) ?? []), ...events]);
    }
  }
  const lines = [...arrows].map(([arrow, events]) => `  ${arrow}: ${events.join(", ")}`);
  return ["stateDiagram-v2", "  [*] --> queued", ...lines].join("\n");
}

/** Mermaid takes no hyphen or blank in a state's name. */
function id(phase: string): string {
  return phase.replaceAll(/[- ]/g, "_");
}
