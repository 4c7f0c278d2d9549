/** Config values: what programs get of them, and how verbs read and change them. */
import { TealError } from "../../model/errors.ts";
import type { Crypter } from "../secrets/crypter.ts";
import { parsePath, type Path } from "../values/path.ts";
import type { Json, JsonObject } from "../values/property.ts";
import { fullKey, type StoredConfig } from "./settings.ts";

/** A value as programs and people get it: text, or JSON text where `object` is set. */
export interface PlainConfigValue {
  readonly value: string;
  readonly secret: boolean;
  readonly object: Json | undefined;
}

function isSecure(value: Json): value is { secure: string } {
  return isObject(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function hasSecure(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasSecure);
  return isSecure(value) || (isObject(value) && Object.values(value).some(hasSecure));
}

/** Replaces each `{secure: …}` by its text. */
function decrypted(value: Json, crypter: Crypter | undefined): Json {
  if (isSecure(value)) return crypter ? crypter.decrypt(value.secure) : "[secret]";
  if (Array.isArray(value)) return value.map((item) => decrypted(item, crypter));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decrypted(item, crypter)]));
}

/** The config in the clear, in its own form. */
export function clearConfig(config: StoredConfig, crypter: Crypter): StoredConfig {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, decrypted(value, crypter)]));
}

/** The value with its secrets encrypted by another key. */
export function recrypted(value: Json, from: Crypter, to: Crypter): Json {
  if (isSecure(value)) return { secure: to.encrypt(from.decrypt(value.secure)) };
  if (Array.isArray(value)) return value.map((item) => recrypted(item, from, to));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recrypted(item, from, to)]));
}

/** Reads one value. Without a crypter secrets come out as `[secret]`. */
export function plainValue(stored: Json, crypter: Crypter | undefined): PlainConfigValue {
  const plain = decrypted(stored, crypter);
  const object = typeof stored === "object" && stored !== null && !isSecure(stored) ? plain : undefined;
  return {
    value: typeof plain === "string" ? plain : plain === null ? "" : JSON.stringify(plain),
    secret: hasSecure(stored),
    object,
  };
}

export function plainConfig(config: StoredConfig, crypter: Crypter | undefined): Record<string, PlainConfigValue> {
  return Object.fromEntries(
    Object.keys(config)
      .sort()
      .map((key) => [key, plainValue(config[key]!, crypter)]),
  );
}

export interface ConfigPlace {
  readonly key: string;
  readonly path: Path;
}

/** Where a key leads: with `--path`, `outer.inner[0]` lies inside the value of `outer`. */
export function configPlace(given: string, project: string, isPath: boolean): ConfigPlace {
  if (!isPath) return { key: fullKey(given, project), path: [] };
  const colon = given.indexOf(":");
  const namespace = colon < 0 ? project : given.slice(0, colon);
  const [first, ...path] = parsePath(given.slice(colon + 1));
  return { key: `${namespace}:${first}`, path };
}

export function getConfig(config: StoredConfig, place: ConfigPlace): Json | undefined {
  let at: Json | undefined = config[place.key];
  for (const part of place.path) {
    if (Array.isArray(at) && typeof part === "number") at = at[part];
    else if (isObject(at) && !isSecure(at)) at = at[String(part)];
    else return undefined;
  }
  return at;
}

/** Sets a value; inside an object text that reads as a boolean or whole number becomes one, as Pulumi does it. */
export function setConfig(
  config: StoredConfig,
  place: ConfigPlace,
  text: string,
  crypter: Crypter | undefined,
): StoredConfig {
  const secure = crypter && { secure: crypter.encrypt(text) };
  return setStored(config, place, secure ?? (place.path.length === 0 ? text : typed(text)));
}

/** Sets a value in the form in which it is written. */
export function setStored(config: StoredConfig, place: ConfigPlace, value: Json): StoredConfig {
  if (place.path.length === 0) return { ...config, [place.key]: value };
  const before = config[place.key];
  // As Pulumi does it: a path below what was a plain value replaces it.
  const into = Array.isArray(before) || (isObject(before) && !isSecure(before)) ? before : undefined;
  return { ...config, [place.key]: withPart(into, place.path, value, place) };
}

function typed(text: string): Json {
  if (text === "true" || text === "false") return text === "true";
  return /^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function withPart(into: Json | undefined, path: Path, value: Json, place: ConfigPlace): Json {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === "number") {
    if (into !== undefined && !Array.isArray(into)) throw misplaced(place, "a list", into);
    const list = into ?? [];
    if (part > list.length) throw misplaced(place, `a list of at least ${part} items`, list);
    return [...list.slice(0, part), withPart(list[part], rest, value, place), ...list.slice(part + 1)];
  }
  if (into !== undefined && (!isObject(into) || isSecure(into))) throw misplaced(place, "an object", into);
  return { ...into, [part]: withPart(into?.[part], rest, value, place) };
}

function misplaced(place: ConfigPlace, expected: string, found: Json): TealError {
  const kind = Array.isArray(found) ? `a list of ${found.length} items` : typeof found;
  return new TealError(
    "config_path",
    `expected ${expected} on the way to ${JSON.stringify(place.path)} in ${place.key}, found ${kind}`,
  );
}

/** Removes a value, and objects and lists on the way only as far as the path says. */
export function removeConfig(config: StoredConfig, place: ConfigPlace): StoredConfig {
  if (place.path.length === 0) {
    const { [place.key]: _, ...rest } = config;
    return rest;
  }
  const value = config[place.key];
  return value === undefined ? config : { ...config, [place.key]: withoutPart(value, place.path) };
}

function withoutPart(from: Json, path: Path): Json {
  const [part, ...rest] = path;
  if (Array.isArray(from) && typeof part === "number" && part < from.length)
    return rest.length === 0 ? from.filter((_, i) => i !== part) : from.with(part, withoutPart(from[part]!, rest));
  if (!isObject(from) || part === undefined || !Object.hasOwn(from, part)) return from;
  const { [part]: inner, ...others } = from;
  return rest.length === 0 ? others : { ...from, [part]: withoutPart(inner!, rest) };
}
