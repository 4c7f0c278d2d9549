/** Counts over all files of the suite, which run in processes of their own. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Tally {
  kills: number;
  endedWell: number;
  requests: number;
  failed: number;
}

/** Loaded by mocha before its processes are started, which inherit it. */
const directory = (process.env["CHAOS_TALLY"] ??= mkdtempSync(join(tmpdir(), "teal-chaos-")));
const file = join(directory, "counts");

export function count(counts: Partial<Tally>): void {
  appendFileSync(file, `${JSON.stringify(counts)}\n`);
}

/** A line to be shown at the end, such as what was measured. */
export function tell(line: string): void {
  appendFileSync(file, `${JSON.stringify({ line })}\n`);
}

/** All that was counted and told; forgets it. */
export function total(): Tally & { lines: string[] } {
  const sum = { kills: 0, endedWell: 0, requests: 0, failed: 0, lines: [] as string[] };
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  for (const row of text.split("\n").filter(Boolean)) {
    const { line, ...counts } = JSON.parse(row) as Partial<Tally> & { line?: string };
    if (line !== undefined) sum.lines.push(line);
    for (const name of ["kills", "endedWell", "requests", "failed"] as const) sum[name] += counts[name] ?? 0;
  }
  rmSync(directory, { recursive: true, force: true });
  return sum;
}
