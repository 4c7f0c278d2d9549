/** Gives a stored deployment the names of another stack: in each URN that it holds. */
import { signatureKey, signatures } from "../values/signatures.ts";
import type { Json, JsonObject } from "../values/property.ts";
import type { StoredDeployment } from "./deployment.ts";
import { stackType, type StackId } from "./urn.ts";

type Rename = (urn: string) => string;

export function renameDeployment(stored: StoredDeployment, from: StackId, to: StackId): StoredDeployment {
  const rename = renamer(from, to);
  return {
    ...stored,
    ...(stored.resources && { resources: stored.resources.map((resource) => renamedResource(resource, rename)) }),
    ...(stored.pending_operations && {
      pending_operations: stored.pending_operations.map((operation) => ({
        ...operation,
        resource: renamedResource(operation.resource, rename),
      })),
    }),
  };
}

function renamer(from: StackId, to: StackId): Rename {
  const before = `urn:pulumi:${from.stack}::${from.project}::`;
  const after = `urn:pulumi:${to.stack}::${to.project}::`;
  // The stack's own resource is named after it.
  const root = `${before}${stackType}::`;
  return (urn) => {
    if (urn.startsWith(root)) return `${after}${stackType}::${to.project}-${to.stack}`;
    return urn.startsWith(before) ? after + urn.slice(before.length) : urn;
  };
}

const single = new Set(["urn", "parent", "deletedWith", "viewOf", "provider"]);
const many = new Set(["dependencies", "aliases", "replaceWith"]);

function renamedResource(resource: JsonObject, rename: Rename): JsonObject {
  return Object.fromEntries(Object.entries(resource).map(([key, value]) => [key, renamedField(key, value, rename)]));
}

function renamedField(key: string, value: Json, rename: Rename): Json {
  if (single.has(key) && typeof value === "string") return rename(value);
  if (many.has(key)) return (value as string[]).map(rename);
  if (key === "propertyDependencies")
    return Object.fromEntries(
      Object.entries(value as Record<string, string[] | null>).map(([name, urns]) => [name, (urns ?? []).map(rename)]),
    );
  return key === "inputs" || key === "outputs" ? renamedValue(value, rename) : value;
}

/** Among values only references to resources hold a URN that means one. */
function renamedValue(value: Json, rename: Rename): Json {
  if (Array.isArray(value)) return value.map((item) => renamedValue(item, rename));
  if (typeof value !== "object" || value === null) return value;
  if (value[signatureKey] === signatures.resource && typeof value["urn"] === "string")
    return { ...value, urn: rename(value["urn"]) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamedValue(item, rename)]));
}
