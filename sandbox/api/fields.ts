import { isObject, type JsonObject, sameJson } from "./json.ts";
import { keyDefaults, plain, type Shape, shapeAt } from "./schema.ts";

/**
 * A set of fields in the FieldsV1 form: `f:name` is a field, `k:{…}` an item by its keys, `v:…` an item by its value. A
 * node belongs to the set when it is empty or holds `.`; otherwise it only leads to fields that do.
 */
export interface FieldSet {
  [element: string]: FieldSet;
}

const self = ".";

export function isMember(node: FieldSet): boolean {
  return self in node || Object.keys(node).length === 0;
}

/** Whether a set, as a root, has nothing in it. */
export function isEmptySet(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}

/** The element of a list item. */
export function elementOf(item: unknown, shape: Shape): string {
  if (shape.keys === undefined || !isObject(item)) return `v:${JSON.stringify(item)}`;
  const keys: JsonObject = {};
  for (const key of [...shape.keys].sort()) {
    const value = item[key] ?? keyDefaults[key];
    if (value !== undefined) keys[key] = value;
  }
  return `k:${JSON.stringify(keys)}`;
}

/** The parts that a value is merged by, or undefined when it is replaced as a whole. */
export function partsOf(value: unknown, shape: Shape): Map<string, [part: unknown, shape: Shape]> | undefined {
  if (shape.atomic) return undefined;
  if (Array.isArray(value)) {
    if (shape.keys === undefined && !shape.set) return undefined;
    return new Map(value.map((item) => [elementOf(item, shape), [item, shape.item ?? plain]]));
  }
  if (!isObject(value)) return undefined;
  return new Map(Object.keys(value).map((key) => [`f:${key}`, [value[key], shapeAt(shape, key)]]));
}

/** The fields that a value sets. */
export function fieldsOf(value: unknown, shape: Shape): FieldSet {
  const parts = partsOf(value, shape);
  const set: FieldSet = {};
  if (parts === undefined) return set;
  for (const [element, [part, partShape]] of parts) {
    const below = ownFields(element, part, partShape);
    // A list that is merged item by item has no owner of its own, nor what holds nothing else.
    if (!isEmptySet(below) || partsOf(part, partShape) === undefined || isEmptyObject(part)) set[element] = below;
  }
  return set;
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { ...a };
  for (const element of Object.keys(b)) {
    const [left, right] = [a[element], b[element]!];
    result[element] = left === undefined ? right : joined(left, right);
  }
  return result;
}

function joined(a: FieldSet, b: FieldSet): FieldSet {
  const both = union(a, b);
  return Object.keys(both).length > 0 && (isMember(a) || isMember(b)) ? { [self]: {}, ...both } : both;
}

/** `a` without the fields of `b`. */
export function minus(a: FieldSet, b: FieldSet): FieldSet {
  return filtered(a, b, (inB) => !inB);
}

/** The fields in both `a` and `b`. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return filtered(a, b, (inB) => inB);
}

function filtered(a: FieldSet, b: FieldSet | undefined, keep: (inB: boolean) => boolean): FieldSet {
  const result: FieldSet = {};
  for (const element of Object.keys(a)) {
    if (element === self) continue;
    const [left, right] = [a[element]!, b?.[element]];
    const below = filtered(left, right, keep);
    const stays = isMember(left) && keep(right !== undefined && isMember(right));
    if (!isEmptySet(below)) result[element] = stays ? { [self]: {}, ...below } : below;
    else if (stays) result[element] = {};
  }
  return result;
}

export interface Difference {
  /** Added or given another value. */
  changed: FieldSet;
  removed: FieldSet;
}

export function difference(before: unknown, after: unknown, shape: Shape): Difference {
  const [old, now] = [partsOf(before, shape), partsOf(after, shape)];
  const result: Difference = { changed: {}, removed: {} };
  if (old === undefined || now === undefined) return result;
  for (const [element, [part, partShape]] of now) {
    const was = old.get(element);
    if (was === undefined) result.changed[element] = ownFields(element, part, partShape);
    else if (was[0] !== part) compare(result, element, was[0], part, partShape);
  }
  for (const [element, [part, partShape]] of old) {
    if (!now.has(element)) result.removed[element] = ownFields(element, part, partShape);
  }
  return result;
}

function ownFields(element: string, part: unknown, shape: Shape): FieldSet {
  const below = fieldsOf(part, shape);
  return element.startsWith("k:") ? { [self]: {}, ...below } : below;
}

function compare(into: Difference, element: string, before: unknown, after: unknown, shape: Shape): void {
  if (partsOf(before, shape) === undefined || partsOf(after, shape) === undefined) {
    if (!sameJson(before, after)) into.changed[element] = fieldsOf(after, shape);
    return;
  }
  const below = difference(before, after, shape);
  if (!isEmptySet(below.changed)) into.changed[element] = below.changed;
  if (!isEmptySet(below.removed)) into.removed[element] = below.removed;
}

/** The members of a set as people write them: `.spec.containers[name="web"].image`. */
export function pathsOf(set: FieldSet, prefix = ""): string[] {
  return Object.keys(set)
    .filter((element) => element !== self)
    .flatMap((element) => {
      const path = prefix + pathElement(element);
      const node = set[element]!;
      return [...(isMember(node) ? [path] : []), ...pathsOf(node, path)];
    });
}

function pathElement(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith("f:")) return `.${rest}`;
  if (element.startsWith("v:")) return `[=${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as JsonObject);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(",")}]`;
}
