import { objectAt } from "./json.ts";
import type { KubeObject } from "./object.ts";
import { badRequest } from "./status.ts";

export type Matcher = (object: KubeObject) => boolean;

/** A label selector as in a query (`a=b,c!=d,e in (f,g),h,!i`). @throws StatusError 400 when it is none. */
export function labelMatcher(selector: string): Matcher {
  const tests = requirements(selector).map(labelTest);
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}));
}

type LabelTest = (labels: Record<string, string>) => boolean;

function labelTest(text: string): LabelTest {
  const set = /^([^\s!=,()]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set !== null) {
    const [, key, operator, list] = set as unknown as [string, string, string, string];
    const values = new Set(list.split(",").map((value) => value.trim()));
    return operator === "in"
      ? (labels) => labels[key] !== undefined && values.has(labels[key])
      : (labels) => labels[key] === undefined || !values.has(labels[key]);
  }
  const equal = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/.exec(text);
  if (equal !== null) {
    const [, key, operator, value] = equal as unknown as [string, string, string, string];
    return operator === "!=" ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
  }
  const exists = /^(!?)\s*([^\s!=,()]+)$/.exec(text);
  if (exists === null) throw badRequest(`unable to parse requirement: found '${text}'`);
  const [, not, key] = exists as unknown as [string, string, string];
  return (labels) => Object.hasOwn(labels, key) === (not === "");
}

/** Splits at the commas that are not inside parentheses. */
function requirements(selector: string): string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const fieldsOfKind: Record<string, readonly string[]> = {
  Pod: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "status.phase",
    "status.podIP",
  ],
  Event: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  Secret: ["type"],
  Namespace: ["status.phase"],
  Node: ["spec.unschedulable"],
  ReplicaSet: ["status.replicas"],
  Job: ["status.successful"],
};

/** A field selector as in a query (`metadata.name=a,status.phase!=Running`), of the fields that a kind supports. */
export function fieldMatcher(kind: string, selector: string): Matcher {
  const supported = ["metadata.name", "metadata.namespace", ...(fieldsOfKind[kind] ?? [])];
  const tests = requirements(selector).map((text) => {
    const parsed = /^([^\s!=]+)\s*(==|=|!=)\s*(.*)$/.exec(text);
    if (parsed === null) throw badRequest(`invalid selector: '${selector}'; can't understand '${text}'`);
    const [, field, operator, value] = parsed as unknown as [string, string, string, string];
    if (!supported.includes(field)) throw badRequest(`field label not supported: ${field}`);
    const path = field.split(".");
    return (object: KubeObject) => (textOf(object, path) === value) === (operator !== "!=");
  });
  return (object) => tests.every((test) => test(object));
}

function textOf(object: KubeObject, path: readonly string[]): string {
  let value: unknown = object;
  for (const key of path) value = objectAt(value)[key];
  return value === undefined || value === null ? "" : String(value);
}

interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** Whether labels fit a selector as objects hold it. An empty selector fits everything, a missing one nothing. */
export function selects(selector: LabelSelector | undefined, labels: Record<string, string> = {}): boolean {
  if (selector === undefined) return false;
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      if (operator === "In") return value !== undefined && values.includes(value);
      return value === undefined || !values.includes(value);
    })
  );
}
