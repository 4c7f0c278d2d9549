/** The annotation `pulumi.com/waitFor`: `condition=Ready`, `jsonpath={.status.phase}=Running`, or a JSON list of such. */
import { TealError } from "../../../model/errors.ts";
import { parsePath } from "../../values/path.ts";
import type { Json, JsonObject } from "../../values/property.ts";
import { isObject } from "./object.ts";
import { condition, type Readiness } from "./readiness.ts";

/** A check for what the annotation asks; undefined if it asks nothing. */
export function conditionsOf(annotation: string): ((object: JsonObject) => Readiness) | undefined {
  if (annotation === "") return undefined;
  const checks = expressions(annotation).map(parseExpression);
  return (object) => {
    const unmet = checks.find(({ met }) => !met(object));
    return unmet ? { ready: false, failed: false, reason: `waiting for ${unmet.text}` } : { ready: true };
  };
}

function expressions(annotation: string): string[] {
  if (!annotation.trimStart().startsWith("[")) return [annotation];
  return (JSON.parse(annotation) as Json[]).map(String);
}

function parseExpression(text: string): { text: string; met: (object: JsonObject) => boolean } {
  const byCondition = /^condition=([^=]+)(?:=(.+))?$/.exec(text);
  if (byCondition) {
    const [, type, status = "True"] = byCondition;
    return {
      text,
      met: (object) => String(condition(object, type!)?.["status"]).toLowerCase() === status.toLowerCase(),
    };
  }
  const byPath = /^jsonpath=\{\.([\w.[\]-]+)\}(?:=(.+))?$/.exec(text);
  if (byPath) {
    const path = parsePath(byPath[1]!);
    return { text, met: (object) => isMet(at(object, path), byPath[2]) };
  }
  throw new TealError(
    "wait_for",
    `expected \`condition=…\` or \`jsonpath={.a.b}=…\` in pulumi.com/waitFor, got ${JSON.stringify(text)}`,
  );
}

function at(object: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((found, part) => {
    if (typeof part === "number") return Array.isArray(found) ? found[part] : undefined;
    return isObject(found) ? found[part] : undefined;
  }, object);
}

function isMet(value: Json | undefined, wanted: string | undefined): boolean {
  if (wanted === undefined) return value !== undefined && value !== null;
  return value !== undefined && (typeof value === "string" ? value : JSON.stringify(value)) === wanted;
}
