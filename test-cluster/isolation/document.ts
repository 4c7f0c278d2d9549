import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import type { Allowed } from "./allowed.ts";
import type { Attempt } from "./attempts/attempt.ts";

const file = join(import.meta.dirname, "..", "..", "docs", "isolation.md");

/** By which mechanisms an attempt was refused, one per column. */
export type Found = ReadonlyMap<Attempt, readonly string[]>;

/** The part of docs/isolation.md that begins with `<!-- name -->`, and what it ought to be: a table below each heading. */
export async function written(name: string): Promise<string> {
  return partOf(await readFile(file, "utf8"), name)[1].trim();
}

export async function write(name: string, part: string): Promise<void> {
  const [before, , after] = partOf(await readFile(file, "utf8"), name);
  await writeFile(file, `${before}\n${part}\n\n${after}`);
}

function partOf(text: string, name: string): [string, string, string] {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`];
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  if (from < begin.length || to < from) throw new Error(`docs/isolation.md should have ${begin.trim()} and its end.`);
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}

export function refusals(columns: readonly string[], attempts: readonly Attempt[], found: Found): Promise<string> {
  return table(
    ["attempt", ...columns],
    attempts.map((attempt) => [attempt.what, ...(found.get(attempt) ?? [])]),
  );
}

export function permissions(allowed: readonly Allowed[]): Promise<string> {
  return table(
    ["what", "by"],
    allowed.map(({ what, by }) => [what, by]),
  );
}

async function table(head: readonly string[], rows: readonly (readonly string[])[]): Promise<string> {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return (await format(lines.join("\n"), { ...(await resolveConfig(file)), parser: "markdown" })).trim();
}
