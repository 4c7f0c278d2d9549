/** How two property maps differ: the tree that the text of a diff is drawn from. */
import type { PropertyDiff } from "../../providers/provider.ts";
import { parsePath, type Path } from "../../values/path.ts";
import { equal, isList, isMap, Secret, unknown, Unknown, type PropertyMap, type Value } from "../../values/property.ts";

export interface ObjectDiff {
  readonly adds: Map<string, Value>;
  readonly deletes: Map<string, Value>;
  readonly sames: Map<string, Value>;
  readonly updates: Map<string, ValueDiff>;
}

export interface ArrayDiff {
  readonly adds: Map<number, Value>;
  readonly deletes: Map<number, Value>;
  readonly sames: Map<number, Value>;
  readonly updates: Map<number, ValueDiff>;
}

export interface ValueDiff {
  readonly old: Value;
  readonly new: Value;
  object?: ObjectDiff;
  array?: ArrayDiff;
}

const emptyDiff = <Key>() => ({
  adds: new Map<Key, Value>(),
  deletes: new Map<Key, Value>(),
  sames: new Map<Key, Value>(),
  updates: new Map<Key, ValueDiff>(),
});

/** Keys that Pulumi and providers keep for themselves. */
export const isInternalKey = (key: string) => key.startsWith("__");

/** `null` counts as absent. Undefined if nothing differs. */
export function diffMaps(olds: PropertyMap, news: PropertyMap): ObjectDiff | undefined {
  const diff = emptyDiff<string>();
  const has = (map: PropertyMap, key: string) => Object.hasOwn(map, key) && map[key] !== null;
  for (const key of Object.keys(olds)) {
    if (isInternalKey(key)) continue;
    if (has(olds, key) && has(news, key)) sort(diff, key, olds[key]!, news[key]!);
    else if (has(olds, key)) diff.deletes.set(key, olds[key]!);
  }
  for (const key of Object.keys(news))
    if (!isInternalKey(key) && has(news, key) && !has(olds, key)) diff.adds.set(key, news[key]!);
  return diff.adds.size + diff.deletes.size + diff.updates.size > 0 ? diff : undefined;
}

function sort<Key>(
  diff: { readonly sames: Map<Key, Value>; readonly updates: Map<Key, ValueDiff> },
  key: Key,
  old: Value,
  next: Value,
): void {
  const update = diffValues(old, next);
  if (update) diff.updates.set(key, update);
  else diff.sames.set(key, old);
}

/** Undefined if nothing differs. Unknown values differ from everything. */
export function diffValues(old: Value, next: Value): ValueDiff | undefined {
  if (isList(old) && isList(next)) {
    const array = diffLists(old, next);
    return array && { old, new: next, array };
  }
  if (isMap(old) && isMap(next)) {
    const object = diffMaps(old, next);
    return object && { old, new: next, object };
  }
  return equal(old, next) ? undefined : { old, new: next };
}

function diffLists(olds: readonly Value[], news: readonly Value[]): ArrayDiff | undefined {
  const diff = emptyDiff<number>();
  for (let i = 0; i < Math.max(olds.length, news.length); i++)
    if (i >= news.length) diff.deletes.set(i, olds[i]!);
    else if (i >= olds.length) diff.adds.set(i, news[i]!);
    else sort(diff, i, olds[i]!, news[i]!);
  return diff.adds.size + diff.deletes.size + diff.updates.size > 0 ? diff : undefined;
}

/** What of a step its detailed diff is told with. */
export interface DetailedStep {
  readonly detailedDiff: Readonly<Record<string, PropertyDiff>>;
  readonly old: { readonly inputs: PropertyMap; readonly outputs: PropertyMap };
  readonly new: { readonly inputs: PropertyMap; readonly outputs: PropertyMap };
}

/** The tree of a provider's detailed diff: old values are outputs, unless it speaks of inputs; new ones are inputs. */
export function diffOfDetailed(step: DetailedStep, refresh: boolean): ObjectDiff | undefined {
  const root: ValueDiff = { old: null, new: null };
  for (const [text, { kind, inputDiff }] of Object.entries(step.detailedDiff)) {
    const olds = inputDiff ? step.old.inputs : step.old.outputs;
    const news = refresh && !inputDiff ? step.new.outputs : step.new.inputs;
    add(root, pathOf(text), kind, olds, news);
  }
  return root.object;
}

function pathOf(text: string): Path {
  try {
    return parsePath(text);
  } catch {
    return [text];
  }
}

function add(parent: ValueDiff, path: Path, kind: PropertyDiff["kind"], olds: Value, news: Value): void {
  const [part] = path;
  if (part === undefined) return;
  if (typeof part === "number") insert((parent.array ??= emptyDiff<number>()), part, path, kind, olds, news);
  else insert((parent.object ??= emptyDiff<string>()), part, path, kind, olds, news);
}

type Diff<Key> = {
  readonly adds: Map<Key, Value>;
  readonly deletes: Map<Key, Value>;
  readonly updates: Map<Key, ValueDiff>;
};

function insert<Key extends string | number>(
  diff: Diff<Key>,
  key: Key,
  path: Path,
  kind: PropertyDiff["kind"],
  olds: Value,
  news: Value,
): void {
  const old = childOf(olds, key);
  const next = childOf(news, key);
  if (path.length > 1) {
    if ((old ?? null) === null && (next ?? null) !== null) diff.adds.set(key, next!);
    else if ((old ?? null) !== null && (next ?? null) === null) diff.deletes.set(key, old!);
    else {
      const update = diff.updates.get(key) ?? { old: old ?? null, new: next ?? null };
      add(update, path.slice(1), kind, old ?? null, next ?? null);
      diff.updates.set(key, update);
    }
  } else if (kind.startsWith("add")) diff.adds.set(key, next ?? unknown);
  else if (kind.startsWith("delete")) diff.deletes.set(key, old ?? unknown);
  else diff.updates.set(key, diffValues(old ?? null, next ?? null) ?? { old: old ?? null, new: next ?? null });
}

/** What lies within a secret or an unknown value can't be told: it stands for its parts. */
function childOf(value: Value, key: string | number): Value | undefined {
  if (value instanceof Secret || value instanceof Unknown) return value;
  if (isList(value)) return typeof key === "number" ? value[key] : undefined;
  return isMap(value) ? value[String(key)] : undefined;
}
