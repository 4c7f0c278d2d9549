/** Field managers: who, in the API server's books, has set which field of an object. */
import type { Json, JsonObject } from "../../values/property.ts";
import { annotation, isObject, metadataOf } from "./object.ts";

/** Under which creations are made; the first update hands its fields to the object's own manager. */
export const creator = "pulumi-kubernetes";

/** Managers whose fields the object's own takes over: by the operation, what their names begin with. */
const predecessors: Readonly<Record<string, readonly string[] | undefined>> = {
  Apply: ["kubectl"],
  Update: ["kubectl", "before-first-apply", "pulumi-kubernetes", "pulumi-resource-kubernetes"],
};
const ownCreators = new Set(["pulumi-kubernetes", "pulumi-kubernetes.exe", "pulumi-resource-kubernetes"]);

function managedFields(object: JsonObject): JsonObject[] {
  const fields = metadataOf(object)["managedFields"];
  return Array.isArray(fields) ? fields.filter(isObject) : [];
}

function isPredecessor(entry: JsonObject): boolean {
  const names = predecessors[String(entry["operation"])] ?? [];
  return entry["subresource"] === undefined && names.some((name) => String(entry["manager"]).startsWith(name));
}

/** The JSON patch that gives predecessors' fields to `manager`; undefined when there is nothing to hand over. */
export function takeOverPatch(live: JsonObject, manager: string): Json[] | undefined {
  const entries = managedFields(live);
  const own = entries.find((entry) => entry["manager"] === manager && entry["operation"] === "Apply");
  const isTaken = (entry: JsonObject) => entry !== own && isPredecessor(entry);
  const taken = entries.filter(isTaken);
  if (taken.length === 0) return undefined;
  const fields = [...taken, ...(own ? [own] : [])].map((entry) =>
    isObject(entry["fieldsV1"]) ? entry["fieldsV1"] : {},
  );
  const merged: JsonObject = {
    ...(own ?? taken[0]!),
    manager,
    operation: "Apply",
    fieldsV1: fields.reduce((all, more) => union(all, more), {}),
  };
  const rest = entries.filter((entry) => !isTaken(entry) && entry !== own);
  return [
    { op: "replace", path: "/metadata/managedFields", value: [...rest, merged] },
    { op: "replace", path: "/metadata/resourceVersion", value: metadataOf(live)["resourceVersion"] ?? "" },
  ];
}

function union(a: JsonObject, b: JsonObject): JsonObject {
  const made = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = made[key];
    made[key] = isObject(known) && isObject(value) ? union(known, value) : value;
  }
  return made;
}

/** Whether fields that others manage are taken from them. Without it, that is a conflict. */
export function isForced(inputs: JsonObject, live: JsonObject | undefined, always: boolean, preview: boolean): boolean {
  if (always || annotation(inputs, "pulumi.com/patchForce") === "true") return true;
  if (!live) return preview;
  const entries = managedFields(live);
  if (entries.length === 0) return true;
  // Their fields are handed over before a real update; a preview has to do without that.
  return (
    preview && entries.some((entry) => entry["operation"] === "Update" && ownCreators.has(String(entry["manager"])))
  );
}

/** Whether only others manage the field at a dotted path, so that leaving it out leaves it alone. */
export function isManagedByOthersOnly(live: JsonObject, manager: string, path: readonly string[]): boolean {
  const manages = (entry: JsonObject) => {
    let at: Json | undefined = entry["fieldsV1"];
    for (const part of path) at = isObject(at) ? at[`f:${part}`] : undefined;
    return at !== undefined;
  };
  const managing = managedFields(live).filter(manages);
  return managing.length > 0 && managing.every((entry) => entry["manager"] !== manager);
}
