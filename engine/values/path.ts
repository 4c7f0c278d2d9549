/** Property paths: `spec.containers[0].image`, `data["a.b"]`, `list[*]`. */
import { TealError } from "../../model/errors.ts";
import { Secret, isList, isMap, type Value } from "./property.ts";

export type Path = readonly (string | number)[];

export function parsePath(text: string): Path {
  const path: (string | number)[] = [];
  let rest = text;
  while (rest !== "") {
    if (rest.startsWith("[")) {
      const bracket = /^\[(?:"((?:[^"\\]|\\.)*)"|(\d+)|(\*))\]\.?/.exec(rest);
      if (!bracket) throw malformed(text);
      if (bracket[1] !== undefined) path.push(bracket[1].replaceAll('\\"', '"'));
      else if (bracket[2] !== undefined) path.push(Number(bracket[2]));
      else path.push("*");
      rest = rest.slice(bracket[0].length);
    } else {
      const name = /^([^.[]+)(\.(?=.)|(?=\[)|$)/.exec(rest);
      if (!name) throw malformed(text);
      path.push(name[1]!);
      rest = rest.slice(name[0].length);
    }
  }
  if (path.length === 0) throw malformed(text);
  return path;
}

/** Pulumi passes over paths to ignore that it can't read. */
export function isPath(text: string): boolean {
  try {
    return parsePath(text).length > 0;
  } catch {
    return false;
  }
}

function malformed(text: string): TealError {
  return new TealError(
    "property_path_malformed",
    `expected a property path such as \`spec.containers[0].image\` or \`data["a.b"]\`, got ${JSON.stringify(text)}`,
  );
}

/** As Pulumi writes paths in diffs. */
export function formatPath(path: Path): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/[."[\]]/.test(part)) text += `["${part.replaceAll('"', '\\"')}"]`;
    else text += text === "" ? part : `.${part}`;
  }
  return text;
}

/** Whether `outer` is `inner` or an ancestor of it; `*` in `outer` stands for any one part. */
export function contains(outer: Path, inner: Path): boolean {
  return outer.length <= inner.length && outer.every((part, i) => part === "*" || part === inner[i]);
}

export function getAt(value: Value | undefined, path: Path): Value | undefined {
  let at = value;
  for (const part of path) {
    if (at instanceof Secret) at = at.value;
    if (isMap(at)) at = Object.hasOwn(at, part) ? at[part] : undefined;
    else if (isList(at) && typeof part === "number") at = at[part];
    else return undefined;
  }
  return at;
}

export interface Reset {
  readonly value: Value;
  /** False where it can't be done, or not for all: something on the way was added or removed. */
  readonly complete: boolean;
}

/**
 * Makes `value` the same as `old` at `path`: sets, or removes, what lies there; `*` does it for every key or item. Used
 * for `ignoreChanges`. What was secret stays secret.
 */
export function resetAt(value: Value, old: Value | undefined, path: Path): Reset {
  return reset(value, old, path, false, false);
}

function reset(value: Value, old: Value | undefined, path: Path, oldSecret: boolean, newSecret: boolean): Reset {
  if (value instanceof Secret) {
    const inner = reset(value.value, old, path, oldSecret, true);
    return { ...inner, value: inner.value === value.value ? value : new Secret(inner.value) };
  }
  if (old instanceof Secret) return reset(value, old.value, path, true, newSecret);
  const [part, ...rest] = path;
  if (part === undefined) return { value, complete: false };
  const was = (item: Value) => (oldSecret && !newSecret && !(item instanceof Secret) ? new Secret(item) : item);
  const inside = (item: Value, before: Value) => reset(item, before, rest, oldSecret, newSecret);
  if (part === "*") return resetEvery(value, old, rest.length === 0, was, inside);
  if (typeof part === "number") return resetItem(value, old, part, rest.length === 0, was, inside);
  return resetKey(value, old, part, rest.length === 0, was, inside);
}

type AsBefore = (item: Value) => Value;
type Inside = (item: Value, before: Value) => Reset;

function resetKey(
  value: Value,
  old: Value | undefined,
  key: string,
  last: boolean,
  was: AsBefore,
  inside: Inside,
): Reset {
  const before = isMap(old) && Object.hasOwn(old, key) ? old[key] : undefined;
  if (!isMap(value)) return { value, complete: last ? before === undefined : !isMap(old) };
  if (last) {
    const { [key]: _, ...without } = value;
    return { value: before === undefined ? without : { ...value, [key]: was(before) }, complete: true };
  }
  if (!isMap(old)) return { value, complete: false };
  const now = value[key];
  if (now === undefined) return { value, complete: before === undefined };
  const made = inside(now, before ?? null);
  return { value: { ...value, [key]: made.value }, complete: made.complete };
}

function resetItem(
  value: Value,
  old: Value | undefined,
  at: number,
  last: boolean,
  was: AsBefore,
  inside: Inside,
): Reset {
  if (!isList(value) || !isList(old)) return { value, complete: !isList(value) && !isList(old) };
  if (at >= value.length || at >= old.length)
    return { value, complete: last && at >= value.length && at >= old.length };
  const made = last ? { value: was(old[at]!), complete: true } : inside(value[at]!, old[at]!);
  return { value: value.with(at, made.value), complete: made.complete };
}

function resetEvery(value: Value, old: Value | undefined, last: boolean, was: AsBefore, inside: Inside): Reset {
  const one = (item: Value, before: Value): Reset =>
    last ? { value: was(before), complete: true } : inside(item, before);
  if (isList(value)) {
    if (!isList(old)) return { value, complete: last };
    const made = value.map((item, i) => (i < old.length ? one(item, old[i]!) : { value: item, complete: true }));
    const complete = value.length === old.length && made.every((each) => each.complete);
    return { value: made.map((each) => each.value), complete };
  }
  if (!isMap(value)) return { value, complete: false };
  if (!isMap(old)) return { value, complete: last };
  if (last)
    return { value: Object.fromEntries(Object.entries(old).map(([key, item]) => [key, was(item)])), complete: true };
  const made = Object.entries(value).map(([key, item]): [string, Reset] => [
    key,
    old[key] === undefined ? { value: item, complete: true } : one(item, old[key]),
  ]);
  const complete =
    Object.keys(old).every((key) => Object.hasOwn(value, key)) && made.every(([, each]) => each.complete);
  return { value: Object.fromEntries(made.map(([key, each]) => [key, each.value])), complete };
}
