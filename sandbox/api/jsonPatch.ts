import { copy, isObject, type JsonObject, sameJson } from "./json.ts";
import { StatusError } from "./status.ts";

/** A JSON Patch (RFC 6902) applied to a copy. @throws StatusError 422 when it does not fit, as the real API server. */
export function jsonPatched(document: JsonObject, operations: unknown): JsonObject {
  if (!Array.isArray(operations)) throw misfit("expected a list of operations");
  let root: unknown = copy(document);
  for (const operation of operations) {
    if (!isObject(operation)) throw misfit("expected each operation to be an object");
    root = step(root, operation);
  }
  if (!isObject(root)) throw misfit("the result is not an object");
  return root;
}

function misfit(why: string): StatusError {
  return new StatusError(422, "Invalid", `the server rejected our request due to an error in our request: ${why}`);
}

function step(root: unknown, operation: JsonObject): unknown {
  const path = pointer(operation["path"]);
  switch (operation["op"]) {
    case "add":
      return added(root, path, copy(operation["value"]));
    case "remove":
      return removed(root, path);
    case "replace":
      valueAt(root, path);
      return path.length === 0 ? copy(operation["value"]) : replaced(root, path, copy(operation["value"]));
    case "move": {
      const from = pointer(operation["from"]);
      const value = valueAt(root, from);
      return added(removed(root, from), path, value);
    }
    case "copy":
      return added(root, path, copy(valueAt(root, pointer(operation["from"]))));
    case "test":
      if (!sameJson(valueAt(root, path), operation["value"])) throw misfit(`testing value ${path.join("/")} failed`);
      return root;
    default:
      throw misfit(`unexpected kind: ${String(operation["op"])}`);
  }
}

function pointer(path: unknown): string[] {
  if (typeof path !== "string" || (path !== "" && !path.startsWith("/"))) throw misfit("expected a JSON pointer");
  return path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(root: unknown, path: string[]): unknown {
  let value = root;
  for (const part of path) {
    const next: unknown = Array.isArray(value)
      ? value[indexOf(part, value.length - 1)]
      : isObject(value) && Object.hasOwn(value, part)
        ? value[part]
        : undefined;
    if (next === undefined) throw misfit(`missing path: /${path.join("/")}`);
    value = next;
  }
  return value;
}

function indexOf(part: string, last: number): number {
  const index = /^\d+$/.test(part) ? Number(part) : -1;
  if (index < 0 || index > last) throw misfit(`index out of bounds: ${part}`);
  return index;
}

function parentOf(root: unknown, path: string[]): { parent: unknown[] | JsonObject; last: string } {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1)!;
  if (!Array.isArray(parent) && !isObject(parent)) throw misfit(`missing path: /${path.join("/")}`);
  return { parent, last };
}

function added(root: unknown, path: string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const { parent, last } = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(last === "-" ? parent.length : indexOf(last, parent.length), 0, value);
  else parent[last] = value;
  return root;
}

function replaced(root: unknown, path: string[], value: unknown): unknown {
  const { parent, last } = parentOf(root, path);
  if (Array.isArray(parent)) parent[indexOf(last, parent.length - 1)] = value;
  else parent[last] = value;
  return root;
}

function removed(root: unknown, path: string[]): unknown {
  valueAt(root, path);
  if (path.length === 0) throw misfit("unable to remove the whole document");
  const { parent, last } = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(indexOf(last, parent.length - 1), 1);
  else Reflect.deleteProperty(parent, last);
  return root;
}
