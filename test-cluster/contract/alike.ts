/** Values that are each server's own choice: only whether they are there is compared. */
const own = new Set([
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "deletionTimestamp",
  "lastTransitionTime",
  "time",
  "clusterIP",
  "continue",
]);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What must be the same on every API server: everything but names, times and versions that it made up itself, the words
 * in which it refuses what is malformed, and what `managedFields` say of writers that don't apply: there a real one lists
 * maps and pointers themselves (`.`) too, by Go types that the sandbox doesn't know. Teal only ever applies.
 */
export function alike(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isUpdate(item)).map(alike);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(isRefusalOfForm(value) ? withoutWords(value) : value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => {
        if (own.has(key)) return [key, inner === "" || inner === null ? inner : "…"];
        if (key === "clusterIPs") return [key, ["…"]];
        // Ordered by times of whole seconds: whether two writes fall into one is chance.
        if (key === "managedFields" && Array.isArray(inner)) return [key, (alike(inner) as unknown[]).toSorted(byText)];
        return [key, alike(inner)];
      }),
  );
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const isUpdate = (value: unknown): boolean => isObject(value) && value["operation"] === "Update" && "fieldsV1" in value;

const isRefusalOfForm = (value: Record<string, unknown>): boolean =>
  value["kind"] === "Status" && [400, 415, 422].includes(Number(value["code"]));

function withoutWords({ message: _, details, ...status }: Record<string, unknown>): Record<string, unknown> {
  const { causes = [], ...about } = (details ?? {}) as { causes?: { message?: string }[] };
  return { ...status, details: { ...about, causes: causes.map(({ message: _said, ...cause }) => cause) } };
}
