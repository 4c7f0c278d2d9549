/** Texts as properties: what they hold, how much of them is shown, and what two of them have in common. */
import { parseDocument } from "yaml";
import { isList, isMap, type Value } from "../../values/property.ts";

/** Of a run of equal lines those next to a change: two on each side. */
export function inContext(lines: readonly string[], index: number, runs: number): readonly string[] {
  const context = 2;
  const [first, last] = [index === 0, index === runs - 1];
  if (lines.length <= (first || last ? context + 1 : 2 * context + 1)) return lines;
  return [...(first ? [] : lines.slice(0, context)), "...", ...(last ? [] : lines.slice(-context))];
}

/** How long a beginning and an end two texts share. */
export function common(a: string, b: string): [head: number, tail: number] {
  const least = Math.min(a.length, b.length);
  let head = 0;
  while (head < least && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [head, tail];
}

/** The list or map that a text holds as JSON, or over several lines as YAML. */
export function decode(text: string): { readonly kind: "json" | "yaml"; readonly value: Value } | undefined {
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) {
    try {
      return { kind: "json", value: JSON.parse(trimmed) as Value };
    } catch {
      // Not JSON; flow style YAML may begin so too.
    }
  }
  if (!/[\r\n]/.test(trimmed)) return undefined;
  const document = parseDocument(trimmed);
  if (document.errors.length > 0) return undefined;
  const value = document.toJS() as Value;
  return isList(value) || isMap(value) ? { kind: "yaml", value } : undefined;
}

export function quote(text: string): string {
  return JSON.stringify(text);
}

/** At most three lines, of at most 150 characters. */
export function truncated(text: string): string {
  const lines = text.split("\n");
  const short = lines.slice(0, 3).map((line) => (line.length > 150 ? `${line.slice(0, 150)}...` : line));
  return lines.length > 3 ? `${short.join("\n")}\n...` : short.join("\n");
}
