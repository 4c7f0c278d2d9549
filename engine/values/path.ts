/** Property paths: `spec.containers[0].image`, `data["a.b"]`, `list[*]`. */
import { TealError } from "../../model/errors.ts";
import { Secret, Unknown, isList, isMap, type Value } from "./property.ts";

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

/**
 * Makes `value` the same as `old` at `path`: sets, or removes, what lies there; `*` does it for every key. Used for
 * `ignoreChanges`. Where the structures differ so that it can't be done, the value stays as it is.
 */
export function resetAt(value: Value, old: Value | undefined, path: Path): Value {
  if (value instanceof Unknown) return value;
  if (value instanceof Secret) return new Secret(resetAt(value.value, old instanceof Secret ? old.value : old, path));
  const was = old instanceof Secret ? old.value : old;
  const [part, ...rest] = path;
  if (part === undefined) return old ?? value;
  if (part === "*") return resetAll(value, was, rest);
  if (isMap(value)) return resetKey(value, isMap(was) ? was : {}, String(part), rest);
  if (isList(value) && typeof part === "number" && isList(was) && part < was.length && part < value.length)
    return value.with(part, resetAt(value[part]!, was[part], rest));
  return value;
}

function resetKey(
  value: { readonly [key: string]: Value },
  old: { readonly [key: string]: Value },
  key: string,
  rest: Path,
): Value {
  if (rest.length > 0) {
    const inner = value[key] ?? (old[key] === undefined ? undefined : isList(old[key]) ? [] : {});
    return inner === undefined ? value : { ...value, [key]: resetAt(inner, old[key], rest) };
  }
  if (old[key] !== undefined) return { ...value, [key]: old[key] };
  const { [key]: _, ...without } = value;
  return without;
}

function resetAll(value: Value, old: Value | undefined, rest: Path): Value {
  if (isList(value))
    return isList(old) ? value.map((item, i) => (i < old.length ? resetAt(item, old[i], rest) : item)) : value;
  if (!isMap(value)) return value;
  const was = isMap(old) ? old : {};
  return [...new Set([...Object.keys(value), ...Object.keys(was)])].reduce<Value>(
    (made, key) => resetAt(made, was, [key, ...rest]),
    value,
  );
}
