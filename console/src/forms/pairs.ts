/** Names and values as they stand in a form: in order, and perhaps not yet with names. */
export interface Pair {
  name: string;
  value: string;
}

export type Flag = boolean | string | number;

export function pairsOf(entries: Record<string, unknown>): Pair[] {
  return Object.entries(entries).map(([name, value]) => ({ name, value: String(value) }));
}

/** The entries; lines without name and value are none. */
export function textsOf(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(filled(pairs).map(({ name, value }) => [name.trim(), value]));
}

/** As `textsOf`, with `true`, `false` and numbers as what they are. */
export function flagsOf(pairs: readonly Pair[]): Record<string, Flag> {
  return Object.fromEntries(filled(pairs).map(({ name, value }) => [name.trim(), flagOf(value)]));
}

function flagOf(value: string): Flag {
  const text = value.trim();
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}

function filled(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(({ name, value }) => name.trim() !== "" || value !== "");
}

/** The merge patch that makes `after` of `before`: null for what is gone. Undefined: nothing changes. */
export function mergePatch<T>(
  before: Record<string, T>,
  after: Record<string, T>,
): Record<string, T | null> | undefined {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value);
  if (gone.length === 0 && changed.length === 0) return undefined;
  return Object.fromEntries<T | null>([...gone.map((name): [string, null] => [name, null]), ...changed]);
}
