import { runInNewContext } from "node:vm";
import type { Check, HeaderAssertion, JsonAssertion } from "../../model/check.ts";

/** An answer as far as checks look at it. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Null: longer than is read. */
  body: string | null;
  milliseconds: number;
}

/** What of an answer is not as a check wants it, in words that say what came; undefined where all is. */
export function failureOf(check: Check, answer: Answer): string | undefined {
  if (answer.status !== check.status) return `answered ${answer.status}, expected ${check.status}${shownBody(answer)}`;
  const { milliseconds } = answer;
  if (check.maxMilliseconds !== undefined && milliseconds > check.maxMilliseconds)
    return `took ${Math.ceil(milliseconds)} ms, expected at most ${check.maxMilliseconds} ms`;
  return firstOf(check.headers, (one) => headerFailure(one, answer)) ?? jsonFailures(check.json, answer);
}

function headerFailure(assertion: HeaderAssertion, { headers }: Answer): string | undefined {
  const came = headers[assertion.name.toLowerCase()];
  const value = typeof came === "object" ? came.join(", ") : came;
  return unmet(`header ${assertion.name}`, assertion, value);
}

function jsonFailures(assertions: Check["json"], answer: Answer): string | undefined {
  if (!assertions?.length) return undefined;
  if (answer.body === null) return "answered more than is read of an answer (1 MiB), expected JSON";
  let value: unknown;
  try {
    value = JSON.parse(answer.body);
  } catch {
    return `answered what is not JSON${shownBody(answer)}`;
  }
  return firstOf(assertions, (one) => unmet(`JSON at ${JSON.stringify(one.path)}`, one, valueAt(value, one.path)));
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
export function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split("/").slice(1);
  let at = value;
  for (const key of keys.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))) {
    if (typeof at !== "object" || at === null) return undefined;
    if (Array.isArray(at) ? !/^(0|[1-9]\d*)$/.test(key) : !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

type Expectation = Pick<JsonAssertion | HeaderAssertion, "equals" | "matches" | "exists">;

function unmet(what: string, { equals, matches, exists }: Expectation, value: unknown): string | undefined {
  const came = value === undefined ? "was not there" : `was ${shown(value)}`;
  if (exists !== undefined)
    return (value !== undefined) === exists
      ? undefined
      : `${what} ${came}, expected it ${exists ? "" : "not "}to be there`;
  if (equals !== undefined) return value === equals ? undefined : `${what} ${came}, expected ${shown(equals)}`;
  const met = value !== undefined && matching(matches!, typeof value === "string" ? value : JSON.stringify(value));
  return met ? undefined : `${what} ${came}, expected to match ${shown(matches)}`;
}

/** Of a text only so much is matched, and no pattern may take longer: some take ages on some texts. */
const [matchedCharacters, matchMs] = [10_000, 100];

function matching(pattern: string, text: string): boolean {
  const context = { pattern, text: text.slice(0, matchedCharacters) };
  try {
    return runInNewContext("new RegExp(pattern, 'u').test(text)", context, { timeout: matchMs }) === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  }
}

function firstOf<T>(all: readonly T[] | undefined, failure: (one: T) => string | undefined): string | undefined {
  for (const one of all ?? []) {
    const failed = failure(one);
    if (failed !== undefined) return failed;
  }
  return undefined;
}

const shownCharacters = 200;

function shown(value: unknown): string {
  return shortened(JSON.stringify(value));
}

function shownBody({ body }: Answer): string {
  return body?.trim() ? `; its body begins with ${shown(body.trim())}` : "";
}

function shortened(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
