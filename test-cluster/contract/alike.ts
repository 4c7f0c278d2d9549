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

/** What must be the same on every API server: everything but names, times and versions that it made up itself. */
export function alike(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(alike);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => {
        if (own.has(key)) return [key, inner === "" || inner === null ? inner : "…"];
        if (key === "clusterIPs") return [key, ["…"]];
        return [key, alike(inner)];
      }),
  );
}
