import type { OperationKind, Phase } from "../operation.ts";
import { table } from "./table.ts";

/** The table's rows for one kind of operation as a Mermaid state diagram, one arrow per pair of phases that it can be in. */
export function diagramOf(kind: OperationKind): string {
  const arrows = new Map<string, string[]>();
  const rows = table.filter((row) => row.kinds.includes(kind));
  const reached = new Set<Phase>(["queued"]);
  for (const phase of reached) {
    for (const { from, to } of rows) if (from.includes(phase) && to !== "resume") reached.add(to);
  }
  for (const row of rows) {
    const to = row.to === "resume" ? "where it was" : row.to;
    for (const from of row.from) {
      if (!reached.has(from)) continue;
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
