/** The part of JSONPath that tells of an object's state: `{.status.conditions[?(@.type=="Ready")].status}`. */
import type { Json } from "../../values/property.ts";
import { isObject } from "./object.ts";

type Select = (value: Json) => Json[];

const comparisons: Readonly<Record<string, (a: Json, b: Json) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => typeof a === typeof b && a! < b!,
  "<=": (a, b) => typeof a === typeof b && a! <= b!,
  ">": (a, b) => typeof a === typeof b && a! > b!,
  ">=": (a, b) => typeof a === typeof b && a! >= b!,
};

/** The values that a path such as `.a.b[0]` selects. Throws on one that can't be read. */
export function parseJsonPath(text: string): Select {
  const steps: Select[] = [];
  let rest = text.replace(/^\$/, "");
  while (rest !== "") {
    const step = readStep(rest);
    if (!step) throw new Error(`expected a JSONPath such as .status.phase, got ${JSON.stringify(text)}`);
    steps.push(step.select);
    rest = rest.slice(step.length);
  }
  return (value) => steps.reduce<Json[]>((found, select) => found.flatMap(select), [value]);
}

const forms: readonly (readonly [RegExp, (match: RegExpExecArray) => Select])[] = [
  [/^\.([\w-]+)/, (match) => member(match[1]!)],
  [/^(?:\.|\[)\*\]?/, () => children],
  [/^\['((?:[^'\\]|\\.)*)'\]/, (match) => member(unescaped(match[1]!))],
  [/^\["((?:[^"\\]|\\.)*)"\]/, (match) => member(unescaped(match[1]!))],
  [/^\[(-?\d+)\]/, (match) => item(Number(match[1]))],
  [/^\[\?\s*\(?\s*@((?:[^\s=!<>()])*)\s*(?:(==|!=|<=|>=|<|>)\s*("[^"]*"|'[^']*'|[\w.+-]+))?\s*\)?\s*\]/, filter],
];

function readStep(text: string): { select: Select; length: number } | undefined {
  for (const [form, select] of forms) {
    const match = form.exec(text);
    if (match) return { select: select(match), length: match[0].length };
  }
  return undefined;
}

const unescaped = (text: string) => text.replaceAll(/\\(.)/g, "$1");
const member =
  (name: string): Select =>
  (value) =>
    isObject(value) && Object.hasOwn(value, name) ? [value[name]!] : [];
const item =
  (index: number): Select =>
  (value) => {
    const found = Array.isArray(value) ? value.at(index) : undefined;
    return found === undefined ? [] : [found];
  };
const children: Select = (value) => (Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []);

function filter(match: RegExpExecArray): Select {
  const [, path = "", operator, operand] = match;
  const select = parseJsonPath(path);
  const wanted = operand === undefined ? undefined : readOperand(operand);
  return (value) =>
    children(value).filter((child) => {
      const found = select(child);
      if (operator === undefined) return found.length > 0;
      return found.length > 0 && comparisons[operator]!(found[0]!, wanted!);
    });
}

function readOperand(text: string): Json {
  if (/^["']/.test(text)) return text.slice(1, -1);
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Error(`expected a text in quotes, a number, true, false or null in a filter, got ${text}`, { cause });
  }
}
