import { copy, isObject, type JsonObject, objectAt, withoutNulls } from "./json.ts";
import { apiVersionOf, type Kind } from "./kinds.ts";
import { badRequest } from "./status.ts";

type Expected = "object" | "list" | "text" | "number" | "texts";

const structure: [path: readonly string[], expected: Expected][] = [
  [["metadata", "labels"], "texts"],
  [["metadata", "annotations"], "texts"],
  [["metadata", "finalizers"], "list"],
  [["metadata", "ownerReferences"], "list"],
  [["metadata", "name"], "text"],
  [["metadata", "generateName"], "text"],
  [["metadata", "namespace"], "text"],
  [["metadata", "resourceVersion"], "text"],
  [["metadata", "uid"], "text"],
  [["spec"], "object"],
  [["status"], "object"],
  [["data"], "texts"],
  [["stringData"], "texts"],
  [["spec", "replicas"], "number"],
  [["spec", "completions"], "number"],
  [["spec", "parallelism"], "number"],
  [["spec", "backoffLimit"], "number"],
  [["spec", "containers"], "list"],
  [["spec", "template", "spec", "containers"], "list"],
  [["spec", "ports"], "list"],
  [["spec", "rules"], "list"],
  [["spec", "template"], "object"],
  [["spec", "template", "metadata"], "object"],
  [["spec", "template", "spec"], "object"],
  [["spec", "selector"], "object"],
  [["roleRef"], "object"],
];

/**
 * An object as a client sent it, checked to be of the kind and namespace that its address says; a copy of its own.
 *
 * @throws StatusError 400 otherwise.
 */
export function incoming(kind: Kind, namespace: string | undefined, body: unknown): JsonObject {
  if (!isObject(body)) throw badRequest(`expected an object of kind ${kind.kind}, got ${typeOf(body)}`);
  const object = withoutNulls(copy(body));
  const version = apiVersionOf(kind);
  const { apiVersion = version, kind: name = kind.kind } = object;
  if (apiVersion !== version || name !== kind.kind) {
    const [sent, expected] = [`${String(apiVersion)}, Kind=${String(name)}`, `${version}, Kind=${kind.kind}`];
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind.kind}): it is ${sent}, expected ${expected}`,
    );
  }
  const metadata = object["metadata"] ?? {};
  if (!isObject(metadata)) throw mistyped(kind, "metadata", "object", metadata);
  checkStructure(kind, object);
  if (kind.kind === "Secret") checkBase64(kind, objectAt(object["data"]));
  return { ...object, apiVersion: version, kind: kind.kind, metadata: inNamespace(kind, namespace, metadata) };
}

function inNamespace(kind: Kind, namespace: string | undefined, metadata: JsonObject): JsonObject {
  const { namespace: own, ...rest } = metadata;
  if (!kind.namespaced) {
    if (own !== undefined && own !== "")
      throw badRequest(`namespace should be empty for an object of kind ${kind.kind}`);
    return rest;
  }
  if (own !== undefined && own !== "" && own !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  return { ...rest, namespace };
}

function checkStructure(kind: Kind, object: JsonObject): void {
  for (const [path, expected] of structure) {
    let value: unknown = object;
    for (const key of path) value = isObject(value) ? value[key] : undefined;
    if (value !== undefined && !fits(value, expected)) throw mistyped(kind, path.join("."), expected, value);
  }
}

function checkBase64(kind: Kind, data: JsonObject): void {
  for (const [key, value] of Object.entries(data)) {
    if (/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(String(value))) continue;
    throw badRequest(`${unhandled(kind)}: data.${key} should be base64, but is not`);
  }
}

function fits(value: unknown, expected: Expected): boolean {
  if (expected !== "texts") return typeOf(value) === expected;
  return isObject(value) && Object.values(value).every((item) => typeof item === "string");
}

function mistyped(kind: Kind, path: string, expected: Expected, value: unknown): Error {
  return badRequest(
    `${unhandled(kind)}: ${path} must be ${expected === "texts" ? "an object of strings" : `a ${expected}`}, got ${typeOf(value)}`,
  );
}

function unhandled(kind: Kind): string {
  return `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}`;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (value === null) return "null";
  return typeof value === "string" ? "text" : typeof value;
}
