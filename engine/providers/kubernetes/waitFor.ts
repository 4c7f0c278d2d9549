/** The annotation `pulumi.com/waitFor`: `condition=Ready`, `jsonpath={.status.phase}=Running`, or a JSON list of such. */
import { TealError } from "../../../model/errors.ts";
import type { Json, JsonObject } from "../../values/property.ts";
import { parseJsonPath } from "./jsonPath.ts";
import { annotation } from "./object.ts";
import {
  generationOf,
  lateCondition,
  listOf,
  ready,
  statusOf,
  text,
  waiting,
  type Readiness,
  type Rule,
} from "./readiness/look.ts";

/** A check for what the annotation asks; undefined if it asks nothing. */
export function waitForRule(object: JsonObject): Rule | undefined {
  const asked = annotation(object, "pulumi.com/waitFor");
  if (asked === "") return undefined;
  const checks = expressions(asked).map(parseExpression);
  if (checks.length === 0) throw invalid("at least one condition must be specified");
  const look = (live: JsonObject): Readiness => {
    for (const check of checks) {
      const seen = check(live);
      if (!seen.ready) return seen;
    }
    return ready;
  };
  return { look, onRead: false, late: lateCondition };
}

type Check = (object: JsonObject) => Readiness;

const invalid = (message: string) => new TealError("wait_for", message);

/** A JSON list of texts, or else one expression. */
function expressions(asked: string): string[] {
  try {
    const list = JSON.parse(asked) as Json;
    if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list;
  } catch {
    // What is no JSON is an expression itself.
  }
  return [asked];
}

function parseExpression(expression: string): Check {
  if (expression.startsWith("condition=")) return conditionCheck(expression.slice("condition=".length));
  if (expression.startsWith("jsonpath=")) return pathCheck(expression.slice("jsonpath=".length));
  throw invalid(`expected a "jsonpath=" or "condition=" prefix, got ${JSON.stringify(expression)}`);
}

/** `Ready` or `Ready=False`, of the object as it is now, not as it was before its last change. */
function conditionCheck(expression: string): Check {
  const [, type = "", wanted = "True"] = /^([^=]*)(?:=(.*))?$/s.exec(expression) ?? [];
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return (object) => {
    const found = listOf(statusOf(object)["conditions"]).find((each) => same(text(each["type"]), type));
    if (!found) return waiting(`Waiting for condition ${type}`);
    const observed = found["observedGeneration"] ?? statusOf(object)["observedGeneration"];
    if (typeof observed === "number" && observed < generationOf(object))
      return waiting(`Generation ${observed} is less than expected ${generationOf(object)}`);
    const status = text(found["status"]);
    return same(status, wanted) ? ready : waiting(`Resource has condition ${type}=${status} (want ${wanted})`);
  };
}

/** `{.a.b}`: the path has a value; `{.a.b}=value`: it has this one. */
function pathCheck(expression: string): Check {
  const [path = "", wanted, ...more] = splitOnce(expression);
  if (more.length > 0) throw invalid(`format should be {.path}=value or {.path}, got ${JSON.stringify(expression)}`);
  if (wanted === "") throw invalid(`${path}= requires a value`);
  if (/^'.*'$/s.test(path)) throw invalid(`${path} should omit shell quotes`);
  const inner = /\{\s*(.*?)\s*\}/.exec(path)?.[1];
  if (inner === undefined) throw invalid(`${path} should be wrapped in brackets { ... }`);
  const select = parsePath(path, inner);
  return (object) => {
    const observed = statusOf(object)["observedGeneration"];
    if (typeof observed === "number" && observed < generationOf(object)) return waiting(`Waiting for ${expression}`);
    const [found] = select(object);
    if (found === undefined) return waiting(`${path} selected nothing`);
    if (wanted === undefined) return ready;
    if (typeof found === "object" && found !== null)
      return waiting(`${path} has a non-primitive value (${JSON.stringify(found)})`);
    return String(found) === wanted ? ready : waiting(`Waiting for ${expression} (found ${JSON.stringify(found)})`);
  };
}

/** Parts between single equal signs; double ones are comparisons. */
function splitOnce(expression: string): string[] {
  return expression.split(/(?<![=!<>])=(?!=)/);
}

function parsePath(path: string, inner: string): (object: Json) => Json[] {
  try {
    return parseJsonPath(inner);
  } catch (cause) {
    throw new TealError("wait_for", `parsing ${JSON.stringify(path)}: ${(cause as Error).message}`, { cause });
  }
}
