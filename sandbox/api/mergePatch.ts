import { elementOf } from "./fields.ts";
import { copy, isObject, type JsonObject, objectsAt, sameJson } from "./json.ts";
import { plain, type Shape, shapeAt } from "./schema.ts";

/** A JSON merge patch (RFC 7386) applied to a copy: null removes, objects merge, everything else replaces. */
export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return copy(patch);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = mergePatched(result[key], value);
  }
  return result;
}

/** A strategic merge patch: as a merge patch, but lists with keys merge item by item, and `$patch` says otherwise. */
export function strategicPatched(target: unknown, patch: unknown, shape: Shape): unknown {
  if (!isObject(patch)) return copy(patch);
  if (patch["$patch"] === "replace") return withoutDirectives(patch);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    if (value === null || (isObject(value) && value["$patch"] === "delete")) Reflect.deleteProperty(result, key);
    else result[key] = patchedField(result[key], value, shapeAt(shape, key));
  }
  applyDirectives(result, patch);
  return result;
}

function patchedField(current: unknown, value: unknown, shape: Shape): unknown {
  if (!Array.isArray(value)) return strategicPatched(current, value, shape);
  const list = Array.isArray(current) ? current : [];
  if (shape.set) return [...list, ...value.filter((item) => !list.some((other) => sameJson(other, item)))];
  return shape.keys === undefined ? copy(value) : patchedList(list, value, shape);
}

function patchedList(current: unknown[], patch: unknown[], shape: Shape): unknown[] {
  const items = objectsAt(patch);
  // kubectl tells Service ports and container ports apart by their first key alone.
  const byFirst: Shape = { keys: shape.keys!.slice(0, 1) };
  let result = items.some((item) => item["$patch"] === "replace") ? [] : [...current];
  for (const item of items) {
    if (item["$patch"] === "replace") continue;
    const element = elementOf(item, byFirst);
    const at = result.findIndex((other) => elementOf(other, byFirst) === element);
    if (item["$patch"] === "delete") result = result.filter((_, index) => index !== at);
    else if (at < 0) result.push(withoutDirectives(item));
    else result[at] = strategicPatched(result[at], item, shape.item ?? plain);
  }
  return result;
}

function applyDirectives(result: JsonObject, patch: JsonObject): void {
  const retained = patch["$retainKeys"];
  if (Array.isArray(retained))
    for (const key of Object.keys(result)) if (!retained.includes(key)) Reflect.deleteProperty(result, key);
  for (const [directive, value] of Object.entries(patch)) {
    const key = directive.slice("$deleteFromPrimitiveList/".length);
    const list = result[key];
    if (!directive.startsWith("$deleteFromPrimitiveList/") || !Array.isArray(value) || !Array.isArray(list)) continue;
    result[key] = list.filter((item) => !value.some((removed) => sameJson(removed, item)));
  }
}

function withoutDirectives(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("$"))) as JsonObject;
}
