/** Whose field managers keep what is theirs on everybody's objects. */
const controllers = /^(kube-controller-manager|deployment-controller|.*-gateway-controller)$/;

interface Addition {
  path: string;
  manager: string;
}

/**
 * Fields of a Kubernetes object that somebody manages besides those that Teal applied: what hands and other tools added.
 * `outputs`: the object's state in the stack after a refresh.
 */
export function additionsIn(outputs: unknown): Addition[] {
  const { metadata, __fieldManager: own } = record(outputs);
  const entries = list(record(metadata)["managedFields"]).map(record);
  const ours = new Set(entries.filter(({ manager }) => manager === own).flatMap(({ fieldsV1 }) => leaves(fieldsV1)));
  return entries.flatMap(({ manager, subresource, fieldsV1 }) => {
    const name = String(manager);
    if (manager === own || subresource === "status" || controllers.test(name)) return [];
    return leaves(fieldsV1)
      .filter((path) => !ours.has(path) && !path.startsWith("status"))
      .map((path) => ({ path, manager: name }));
  });
}

/** The leaf paths of a FieldsV1: `metadata.labels.x`, `spec.containers[name=web].image`. */
function leaves(fields: unknown, path = ""): string[] {
  const inner = Object.entries(record(fields)).filter(([key]) => key !== ".");
  if (inner.length === 0) return path === "" ? [] : [path];
  return inner.flatMap(([key, value]) => leaves(value, path + partOf(key, path === "")));
}

function partOf(key: string, first: boolean): string {
  if (key.startsWith("f:")) return `${first ? "" : "."}${key.slice(2)}`;
  if (!key.startsWith("k:")) return `[${key.slice(2)}]`;
  const keys = Object.entries(record(JSON.parse(key.slice(2))));
  return `[${keys.map(([name, value]) => `${name}=${String(value)}`).join(",")}]`;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
