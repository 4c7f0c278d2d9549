import { TealError } from "../../model/errors.ts";
import { invalidField } from "./fields.ts";
import { isStorable } from "./json.ts";

/** The query's parameters. Throws `invalid_input` for one given twice, bad percent-encoding and unstorable text. */
export function parseQuery(url: string): Record<string, string> {
  const start = url.indexOf("?");
  const parameters = new Map<string, string>();
  for (const part of start < 0 ? [] : url.slice(start + 1).split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    if (parameters.has(name)) throw refused(name, "the parameter once", "it more than once");
    parameters.set(name, equals < 0 ? "" : decode(part.slice(equals + 1)));
  }
  // Unlike an assignment, this makes "__proto__" a parameter like any other: an unknown one.
  return Object.fromEntries(parameters);
}

function decode(text: string): string {
  const decoded = percentDecode(text.replaceAll("+", " "));
  if (!isStorable(decoded)) throw refused("", "text without NUL characters", "one");
  return decoded;
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new TealError("invalid_input", "Expected a query with valid percent-encoding in UTF-8.", { cause });
  }
}

function refused(name: string, expected: string, got: string): TealError {
  const short = name.slice(0, 100);
  return invalidField({
    in: "query",
    name: short,
    expected,
    received: got,
    message: `Expected ${expected}; got ${got}.`,
  });
}
