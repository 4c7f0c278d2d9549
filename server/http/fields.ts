import type { z } from "zod";
import { TealError } from "../../model/errors.ts";
import { pointer } from "./pointer.ts";

/** What was wrong with one field: `pointer` into the body, or `in` and `name` for a parameter. */
export interface FieldError {
  pointer?: string;
  in?: "path" | "query" | "header";
  name?: string;
  expected: string;
  received?: string;
  message: string;
}

type Place = "body" | "path" | "query" | "header";
type Issue = z.core.$ZodIssue;
const maxErrors = 50;

/** The value as its schema reads it. Throws `invalid_input` with every field that doesn't fit. */
export function readFields<T extends z.ZodType>(schema: T, value: unknown, place: Place): z.output<T> {
  const result = schema.safeParse(value, { error: nameKnownFields });
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, value, place));
  throw new TealError("invalid_input", summary(errors), { data: { errors: errors.slice(0, maxErrors) } });
}

/** An `invalid_input` for a rule that no schema says. */
export function invalidField(error: FieldError): TealError {
  return new TealError("invalid_input", summary([error]), { data: { errors: [error] } });
}

function summary(errors: FieldError[]): string {
  const first = errors[0];
  if (first === undefined) return "The request does not fit its schema.";
  const more = errors.length > 1 ? ` ${errors.length - 1} more under "errors".` : "";
  const where = first.pointer === undefined ? `${first.in} ${first.name}` : first.pointer || "the body";
  return `${where}: ${first.message}${more}`;
}

// Only while the error is made does zod tell which schema it came from, and so which fields that knows.
function nameKnownFields(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "unrecognized_keys") return undefined;
  const def = issue.inst?._zod.def as { shape?: object } | undefined;
  const known = Object.keys(def?.shape ?? {});
  return known.length === 0 ? "no fields here" : `one of the fields ${known.join(", ")}`;
}

function fieldErrors(issue: Issue, value: unknown, place: Place): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => fieldError([...issue.path, key], issue.message, "an unknown field", place));
  }
  return [fieldError(issue.path, expectation(issue), received(valueAt(value, issue.path), issue.path), place)];
}

function fieldError(path: PropertyKey[], expected: string, got: string, place: Place): FieldError {
  const at = place === "body" ? { pointer: pointer(path) } : { in: place, name: String(path[0] ?? "").slice(0, 100) };
  return { ...at, expected, received: got, message: `Expected ${expected}; got ${got}.` };
}

/** What would have fitted, to be read after "Expected". */
function expectation(issue: Issue): string {
  if (issue.message.startsWith("Expected ")) return issue.message.slice("Expected ".length).replace(/\.$/, "");
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `one of ${issue.values.map((v) => JSON.stringify(v)).join(", ")}`;
    case "too_small":
      return bound(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return bound(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "invalid_union":
      return [...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation)))].join(" or ");
    case "invalid_key":
    case "invalid_element":
      return issue.issues.map(expectation).join("; ");
    case "invalid_format":
      return issue.format === "starts_with" && "prefix" in issue
        ? `text that starts with ${JSON.stringify(issue.prefix)}`
        : `text of the form ${issue.format}`;
    default:
      return issue.message;
  }
}

const typeNames: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
  undefined: "nothing",
};

function bound(origin: string, relation: string, limit: number | bigint): string {
  if (origin === "string") return `a string of ${relation} ${limit} characters`;
  if (origin === "array") return `a list of ${relation} ${limit} items`;
  return `a number of ${relation} ${limit}`;
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** The value in short; of a secret, or of what a secret may have been put into by mistake, only its type. */
function received(value: unknown, path: PropertyKey[]): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (path.some((key) => /secret|password|token/i.test(String(key)))) return `a ${typeof value}`;
  if (typeof value !== "string") return String(value);
  if (path.length === 0) return "a string";
  // A URL with user and password in it is refused; what is in it need not be told on.
  const shown = value.replaceAll(/\/\/[^/\s@]*@/g, "//…@");
  return JSON.stringify((shown.length > 60 ? `${shown.slice(0, 60)}…` : shown).toWellFormed());
}
