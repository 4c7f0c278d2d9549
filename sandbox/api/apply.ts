import { elementOf, type FieldSet, partsOf } from "./fields.ts";
import { isObject, type JsonObject } from "./json.ts";
import { plain, type Shape, shapeAt } from "./schema.ts";

/** What an applied configuration makes of the live object: its fields win, lists with keys are merged by them. */
export function merged(live: unknown, config: unknown, shape: Shape): unknown {
  if (partsOf(live, shape) === undefined || partsOf(config, shape) === undefined) return config;
  if (Array.isArray(live) && Array.isArray(config)) return mergedList(live, config, shape);
  if (!isObject(live) || !isObject(config)) return config;
  const result: JsonObject = { ...live };
  for (const key of Object.keys(config)) {
    result[key] = key in live ? merged(live[key], config[key], shapeAt(shape, key)) : config[key];
  }
  return result;
}

/** In the order of the configuration; items that only the live list has keep their place before the shared one that follows. */
function mergedList(live: unknown[], config: unknown[], shape: Shape): unknown[] {
  const have = new Map(live.map((item) => [elementOf(item, shape), item]));
  const want = new Map(config.map((item) => [elementOf(item, shape), item]));
  const shared = [...want.keys()].filter((element) => have.has(element));
  const [left, right] = [[...have.keys()], [...want.keys()]];
  const result: unknown[] = [];
  while (left.length > 0 || right.length > 0) {
    const [old, next] = [left[0], right[0]];
    if (old !== undefined && !want.has(old)) {
      result.push(have.get(old));
      left.shift();
    } else if (next === undefined || (old !== undefined && old !== next && old !== shared[0])) {
      left.shift();
    } else {
      const item = want.get(next);
      result.push(have.has(next) ? merged(have.get(next), item, shape.item ?? plain) : item);
      right.shift();
      if (shared[0] === next) shared.shift();
      if (old === next) left.shift();
    }
  }
  return result;
}

/**
 * The value without what a manager had (`before`) and nobody has now (`kept`). What goes, goes as a whole: a list item or
 * an object with defaults in it that nobody set too.
 */
export function pruned(value: unknown, before: FieldSet, kept: FieldSet, shape: Shape): unknown {
  const stays = (element: string): boolean => !(element in before) || element in kept;
  const left = (element: string, part: unknown, partShape: Shape): unknown =>
    element in before ? pruned(part, before[element]!, kept[element]!, partShape) : part;
  if (Array.isArray(value)) {
    if (partsOf(value, shape) === undefined) return value;
    return value.flatMap((item) => {
      const element = elementOf(item, shape);
      return stays(element) ? [left(element, item, shape.item ?? plain)] : [];
    });
  }
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (stays(`f:${key}`)) result[key] = left(`f:${key}`, value[key], shapeAt(shape, key));
  }
  return result;
}
