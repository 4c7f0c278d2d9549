import { TealError } from "../../model/errors.ts";
import type { FieldError } from "./fields.ts";
import { pointer } from "./pointer.ts";

const maxDepth = 32;
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * What a body's bytes say. Throws `invalid_json` for what isn't JSON, and `invalid_input` for JSON that no schema here
 * could mean: nesting deeper than 32, text that PostgreSQL can't hold, a key that would change an object's prototype.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const value = parse(decode(bytes));
  const error = oddity(value, []);
  if (error !== null) throw new TealError("invalid_input", error.message, { data: { errors: [error] } });
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new TealError("invalid_json", "Expected JSON in UTF-8; the body's bytes are not valid UTF-8.", { cause });
  }
}

// The parser's own message quotes the body, which may hold a secret: only the place is passed on.
function parse(text: string): unknown {
  if (text.trim() === "") throw new TealError("invalid_json", "Expected a JSON object, got an empty body.");
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = error instanceof Error && / at position (\d+)/.exec(error.message);
    const where = place ? ` It breaks off at character ${place[1]}.` : "";
    throw new TealError("invalid_json", `Expected valid JSON.${where}`);
  }
}

function oddity(value: unknown, path: (string | number)[]): FieldError | null {
  if (path.length > maxDepth) {
    const expected = `JSON nested at most ${maxDepth} deep`;
    return { pointer: pointer(path), expected, message: `Expected ${expected}.` };
  }
  if (typeof value === "string") return oddText(value, pointer(path));
  if (Array.isArray(value)) return firstOddity(value.entries(), path);
  if (typeof value === "object" && value !== null) return firstOddity(Object.entries(value), path);
  return null;
}

function firstOddity(entries: Iterable<[string | number, unknown]>, path: (string | number)[]): FieldError | null {
  for (const [key, value] of entries) {
    const found = oddKey(key, path) ?? oddity(value, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

function oddKey(key: string | number, path: (string | number)[]): FieldError | null {
  if (typeof key === "number") return null;
  if (key !== "__proto__") return oddText(key, pointer(path));
  const expected = "another name than __proto__";
  return { pointer: pointer([...path, key]), expected, message: `Expected ${expected}.` };
}

function oddText(text: string, at: string): FieldError | null {
  if (isStorable(text)) return null;
  const expected = "Unicode text without NUL characters or lone surrogates";
  return { pointer: at, expected, message: `Expected ${expected}.` };
}

/** PostgreSQL's text and jsonb hold neither NUL nor half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
