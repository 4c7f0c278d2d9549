import { addEnvoyRow } from "./dialects/envoy.ts";
import type { Figures, TrafficCounts } from "./dialects/rows.ts";
import { addSandboxRow } from "./dialects/sandbox.ts";

/** Whose names the figures have is seen from the names. */
const dialects = [addSandboxRow, addEnvoyRow];

/** Counts per namespace from a gateway's figures in Prometheus' text format. */
export function parseCounts(text: string): Map<string, TrafficCounts> {
  const reader = countsReader();
  reader.add(text);
  return reader.end().counts;
}

/** The same, piece by piece: of thousands of tenants it is tens of megabytes, which would hold up all else in one go. */
export function countsReader() {
  const figures: Figures = { counts: new Map(), colorless: new Map() };
  let rest = "";
  const addRow = (row: string) => {
    for (const add of dialects) add(figures, row);
  };
  return {
    add(chunk: string): void {
      const rows = (rest + chunk).split("\n");
      rest = rows.pop() ?? "";
      for (const row of rows) addRow(row);
    },
    end(): Figures {
      addRow(rest);
      return figures;
    },
  };
}

/** What the gateway at `url` has counted for all tenants. Throws where it does not answer. */
export async function fetchFigures(url: string | URL, timeoutMs: number): Promise<Figures> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok || !answer.body) throw new Error(`The gateway's metrics answered ${answer.status}.`);
  const reader = countsReader();
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) reader.add(chunk);
  return reader.end();
}
