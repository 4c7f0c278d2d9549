import type { Json, JsonObject } from "../../values/property.ts";
import { isObject } from "./object.ts";

/** The parts of `source` that `shape` has too: what is left of a live object when the server's additions are taken off. */
export function pruneObject(source: JsonObject, shape: JsonObject): JsonObject {
  const made: JsonObject = {};
  for (const [key, value] of Object.entries(source))
    if (Object.hasOwn(shape, key)) made[key] = prune(value, shape[key]!);
  return made;
}

function prune(source: Json, shape: Json): Json {
  if (Array.isArray(source) && Array.isArray(shape)) return pruneList(source, shape);
  return isObject(source) && isObject(shape) ? pruneObject(source, shape) : source;
}

function pruneList(source: Json[], shape: Json[]): Json[] {
  if (source.length === 0 || shape.length === 0) return [];
  if (isObject(source[0]) !== isObject(shape[0]) || Array.isArray(source[0]) !== Array.isArray(shape[0])) return source;
  return source.slice(0, shape.length).map((item, i) => prune(item, shape[i]!));
}
