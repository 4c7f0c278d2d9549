/**
 * A Pulumi property value as the engine handles it: plain JSON, plus the few kinds that JSON lacks.
 * Values are never changed in place; whoever alters one makes a new one.
 */
export type Value = null | boolean | number | string | readonly Value[] | PropertyMap | Secret | Unknown | Reference;

export interface PropertyMap {
  readonly [key: string]: Value;
}

/** A value that state, events and text show only encrypted or masked. */
export class Secret {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** A value that only an update will know. There is one instance: {@link unknown}. */
export class Unknown {
  readonly kind = "unknown";
}
export const unknown = new Unknown();

/** A resource passed as a property of another. */
export class Reference {
  readonly urn: string;
  readonly id: Value | undefined;
  readonly packageVersion: string;
  constructor(urn: string, id: Value | undefined, packageVersion: string) {
    this.urn = urn;
    this.id = id;
    this.packageVersion = packageVersion;
  }
}

/** Plain JSON: what is left of a value when it holds no secret, unknown or reference. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export interface JsonObject {
  [key: string]: Json;
}

export function isMap(value: Value | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret || value instanceof Unknown || value instanceof Reference)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value under a secret (or the value itself). Only the outermost layer is taken off. */
export function reveal(value: Value): Value {
  return value instanceof Secret ? value.value : value;
}

/** Whether any part of the value fulfils `test`. */
export function some(value: Value, test: (part: Value) => boolean): boolean {
  if (test(value)) return true;
  if (value instanceof Secret) return some(value.value, test);
  if (isList(value)) return value.some((item) => some(item, test));
  if (isMap(value)) return Object.values(value).some((item) => some(item, test));
  return false;
}

export const hasSecrets = (value: Value) => some(value, (part) => part instanceof Secret);
export const hasUnknowns = (value: Value) => some(value, (part) => part instanceof Unknown);

/** The same value with every secret replaced by what it holds. Returns the same object when nothing had to change. */
export function withoutSecrets(value: Value): Value {
  if (value instanceof Secret) return withoutSecrets(value.value);
  return mapChildren(value, withoutSecrets);
}

export function mapWithoutSecrets(map: PropertyMap): PropertyMap {
  return withoutSecrets(map) as PropertyMap;
}

/** Applies `change` to the direct children of a list or map; shares the original when no child changed. */
export function mapChildren(value: Value, change: (child: Value) => Value): Value {
  if (isList(value)) {
    const next = value.map(change);
    return next.every((item, i) => item === value[i]) ? value : next;
  }
  if (!isMap(value)) return value;
  let next: Record<string, Value> | undefined;
  for (const [key, child] of Object.entries(value)) {
    const changed = change(child);
    if (changed !== child) (next ??= { ...value })[key] = changed;
  }
  return next ?? value;
}

/** Deep equality; secrets equal secrets only, unknowns equal nothing. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a === b) return true;
  if (a instanceof Secret || b instanceof Secret)
    return a instanceof Secret && b instanceof Secret && equal(a.value, b.value);
  if (a instanceof Reference || b instanceof Reference)
    return a instanceof Reference && b instanceof Reference && a.urn === b.urn && equal(a.id ?? null, b.id ?? null);
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}
