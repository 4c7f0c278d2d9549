import { merged, pruned } from "./apply.ts";
import { difference, type FieldSet, fieldsOf, intersection, isEmptySet, minus, pathsOf, union } from "./fields.ts";
import { isObject, type JsonObject, objectAt, sameJson } from "./json.ts";
import { apiVersionOf, type Kind } from "./kinds.ts";
import { type ManagedFieldsEntry, timestamp } from "./object.ts";
import { type Shape, shapeOf } from "./schema.ts";
import { applyConflict } from "./status.ts";

/** Who changes an object, and through which part of it. */
export interface Writer {
  manager: string;
  subresource?: "status" | "scale";
}

const identity = new Set([
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
  "managedFields",
]);

/** The part of an object that has owners: not its identity. */
function ownable(kind: Kind, object: JsonObject, writer: Writer): JsonObject {
  const { apiVersion: _, kind: __, metadata, ...rest } = object;
  if (kind.subresources.includes("status") && writer.subresource !== "status") delete rest["status"];
  const kept = Object.fromEntries(Object.entries(objectAt(metadata)).filter(([key]) => !identity.has(key)));
  return Object.keys(kept).length === 0 ? rest : { ...rest, metadata: kept };
}

export function entriesOf(object: JsonObject | undefined): ManagedFieldsEntry[] {
  const entries = objectAt(object?.["metadata"])["managedFields"];
  return Array.isArray(entries) ? (entries.filter(isObject) as unknown as ManagedFieldsEntry[]) : [];
}

function isOwn(entry: ManagedFieldsEntry, writer: Writer, operation: "Apply" | "Update"): boolean {
  return entry.manager === writer.manager && entry.operation === operation && entry.subresource === writer.subresource;
}

function entryFor(kind: Kind, writer: Writer, operation: "Apply" | "Update", set: FieldSet): ManagedFieldsEntry {
  return {
    manager: writer.manager,
    operation,
    apiVersion: apiVersionOf(kind),
    time: timestamp(),
    fieldsType: "FieldsV1",
    fieldsV1: set,
    ...(writer.subresource === undefined ? {} : { subresource: writer.subresource }),
  };
}

const setOf = (entry: ManagedFieldsEntry): FieldSet => entry.fieldsV1 as FieldSet;

/**
 * Server-side apply: the live object with the configuration merged in, and with what this manager applied before and
 * leaves out now removed, unless another manager has it too.
 *
 * @throws StatusError 409 when another manager set one of the fields to another value, unless `force` takes it over.
 */
export function applied(
  kind: Kind,
  live: JsonObject | undefined,
  config: JsonObject,
  writer: Writer,
  force: boolean,
): JsonObject {
  const shape = shapeOf(kind);
  const entries = entriesOf(live);
  const own = entries.find((entry) => isOwn(entry, writer, "Apply"));
  const set = fieldsOf(ownable(kind, config, writer), shape);
  const result = merged(live ?? {}, config, shape) as JsonObject;
  const { changed } = difference(ownable(kind, live ?? {}, writer), ownable(kind, result, writer), shape);
  const others = entries.filter((entry) => entry !== own);
  if (!force) refuseConflicts(others, changed);
  const losing = shrunk(others, changed);
  const otherFields = losing.map(setOf).reduce(union, {});
  const left = own === undefined ? result : prunedOf(result, setOf(own), union(set, otherFields), shape);
  const entry = own !== undefined && sameJson(setOf(own), set) ? own : entryFor(kind, writer, "Apply", set);
  return {
    ...left,
    metadata: {
      ...objectAt(left["metadata"]),
      managedFields: sorted([...losing, ...(isEmptySet(set) ? [] : [entry])]),
    },
  };
}

function prunedOf(object: JsonObject, before: FieldSet, kept: FieldSet, shape: Shape): JsonObject {
  // The identity of an object has no owner.
  return pruned(object, before, "f:metadata" in before ? { "f:metadata": {}, ...kept } : kept, shape) as JsonObject;
}

function shrunk(entries: ManagedFieldsEntry[], lost: FieldSet): ManagedFieldsEntry[] {
  if (isEmptySet(lost)) return entries;
  return entries.flatMap((entry) => {
    const set = setOf(entry);
    const left = minus(set, lost);
    if (isEmptySet(left)) return [];
    return [sameJson(left, set) ? entry : { ...entry, fieldsV1: left }];
  });
}

function refuseConflicts(others: ManagedFieldsEntry[], changed: FieldSet): void {
  const conflicts = others.flatMap((entry) => {
    const by = `"${entry.manager}"${entry.subresource === undefined ? "" : ` with subresource "${entry.subresource}"`}`;
    const using = entry.operation === "Update" ? `${by} using ${entry.apiVersion}` : by;
    return pathsOf(intersection(setOf(entry), changed)).map((field) => ({ using, field }));
  });
  if (conflicts.length === 0) return;
  const causes = conflicts.map(({ using, field }) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${using}`,
    field,
  }));
  throw applyConflict(causes, conflictMessage(conflicts));
}

function conflictMessage(conflicts: { using: string; field: string }[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1) return `Apply failed with 1 conflict: conflict with ${first!.using}: ${first!.field}`;
  const managers = [...new Set(conflicts.map((conflict) => conflict.using))].sort();
  const said = managers.map((using) => {
    const fields = conflicts.filter((conflict) => conflict.using === using).map((conflict) => `- ${conflict.field}`);
    return `conflicts with ${using}:\n${fields.join("\n")}`;
  });
  return `Apply failed with ${conflicts.length} conflicts: ${said.join("\n")}`;
}

/** The managers of an object after someone created or changed it other than by apply. */
export function tracked(
  kind: Kind,
  before: JsonObject | undefined,
  after: JsonObject,
  writer: Writer,
): ManagedFieldsEntry[] {
  // Whoever writes an object may hand its fields over to other managers; where nothing is said, all stay as they were.
  const said = entriesOf(after);
  const entries = said.length > 0 ? said : entriesOf(before);
  const { changed, removed } = difference(
    ownable(kind, before ?? {}, writer),
    ownable(kind, after, writer),
    shapeOf(kind),
  );
  if (isEmptySet(changed) && isEmptySet(removed)) return entries;
  const own = entries.find((entry) => isOwn(entry, writer, "Update"));
  const others = entries.filter((entry) => entry !== own);
  const set = union(own === undefined ? {} : minus(setOf(own), removed), changed);
  const entry = isEmptySet(set) ? [] : [entryFor(kind, writer, "Update", set)];
  return sorted([...shrunk(shrunk(others, changed), removed), ...entry]);
}

function sorted(entries: ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const order = (entry: ManagedFieldsEntry): string => `${entry.operation} ${entry.time ?? ""} ${entry.manager}`;
  return entries.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
