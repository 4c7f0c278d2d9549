/** What differs between the live object, as far as earlier inputs shaped it, and new inputs. */
import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../../values/property.ts";
import { contains, formatPath, parsePath } from "../../values/path.ts";
import type { DiffKind, PropertyDiff } from "../provider.ts";
import { touches } from "./forceNew.ts";
import { isObject } from "./object.ts";
import { unknownText } from "./plain.ts";

type Path = readonly (string | number)[];

export interface Comparison {
  /** The live object, pruned to the shape of the inputs before. */
  readonly live: JsonObject;
  /** The inputs before: what the program had asked for, and the server may have left out as meaning nothing. */
  readonly olds: JsonObject;
  readonly news: JsonObject;
  readonly forceNew: readonly (readonly string[])[];
  /** Whether the server's types are Kubernetes' own, which drop empty values. */
  readonly builtIn: boolean;
}

/** Differences by property path. */
export function detailedDiff(comparison: Comparison): Record<string, PropertyDiff> {
  const found: Record<string, PropertyDiff> = {};
  const add = (path: Path, kind: "add" | "delete" | "update", value: Json | undefined, inputDiff = false) => {
    const replace = touches(path, value, comparison.forceNew);
    found[formatPath(path)] = { kind: (replace ? `${kind}-replace` : kind) as DiffKind, inputDiff };
  };
  const compare = (path: Path, live: Json | undefined, old: Json | undefined, next: Json | undefined): void => {
    if (next === undefined || next === null) {
      if (live !== undefined && live !== null) add(path, "delete", null, true);
    } else if (live === undefined) {
      if (!isNothing(next, old, comparison.builtIn)) add(path, "add", next);
    } else if (next === unknownText) add(path, "update", next);
    else if (isObject(next) && isObject(live)) {
      for (const key of new Set([...Object.keys(live), ...Object.keys(next)]))
        compare([...path, key], live[key], isObject(old) ? old[key] : undefined, next[key]);
    } else if (Array.isArray(next) && Array.isArray(live)) {
      for (let i = 0; i < Math.max(next.length, live.length); i++)
        compare([...path, i], live[i], Array.isArray(old) ? old[i] : undefined, next[i]);
    } else if (!isDeepStrictEqual(live, next)) add(path, "update", next);
  };
  compare([], comparison.live, comparison.olds, comparison.news);
  return found;
}

/**
 * A value that is not there although it was asked for before. Of Kubernetes' own kinds the server drops what their types
 * don't have. What it drops of custom resources is missed, and asked for again each time.
 */
function isNothing(next: Json, old: Json | undefined, builtIn: boolean): boolean {
  return builtIn && next !== unknownText && old !== undefined && isDeepStrictEqual(old, next);
}

/** Drops the differences that lie at or below ignored paths. */
export function withoutIgnored(
  diff: Record<string, PropertyDiff>,
  ignored: readonly string[],
): Record<string, PropertyDiff> {
  if (ignored.length === 0) return diff;
  const paths = ignored.map(parsePath);
  return Object.fromEntries(
    Object.entries(diff).filter(([path]) => !paths.some((outer) => contains(outer, parsePath(path)))),
  );
}
