import { parse } from "yaml";
import { TealError } from "../../model/errors.ts";

/** Settings are small and few, and read at every command: the last ones parsed are kept by their text. */
const parsed = new Map<string, Readonly<Record<string, unknown>>>();
const kept = 64;

/** Reads a settings file: a map, or nothing. */
export function parseYaml(text: string, path: string): Record<string, unknown> {
  const known = parsed.get(text);
  if (known) return known;
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (cause) {
    throw new TealError("settings_unreadable", `expected YAML in ${path}: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TealError("settings_unreadable", `expected a map in ${path}`);
  if (parsed.size >= kept) parsed.delete(parsed.keys().next().value!);
  parsed.set(text, value as Record<string, unknown>);
  return value as Record<string, unknown>;
}
