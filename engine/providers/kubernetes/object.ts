/** Kubernetes objects as plain JSON. */
import type { Json, JsonObject } from "../../values/property.ts";

export interface KubeObject extends JsonObject {
  apiVersion: string;
  kind: string;
}

export function metadataOf(object: JsonObject): JsonObject {
  return isObject(object["metadata"]) ? object["metadata"] : {};
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const textOf = (value: Json | undefined) => (typeof value === "string" ? value : "");

export const apiVersionOf = (object: JsonObject) => textOf(object["apiVersion"]);
export const kindOf = (object: JsonObject) => textOf(object["kind"]);
export const nameOf = (object: JsonObject) => textOf(metadataOf(object)["name"]);
export const namespaceOf = (object: JsonObject) => textOf(metadataOf(object)["namespace"]);

/** The group of an apiVersion: empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf("/") + 1);
}

export function annotation(object: JsonObject, name: string): string {
  const annotations = metadataOf(object)["annotations"];
  return isObject(annotations) ? textOf(annotations[name]) : "";
}

/** How Pulumi names an object: `namespace/name`, or `name` where there is no namespace. */
export function idOf(object: JsonObject): string {
  const namespace = namespaceOf(object);
  return namespace === "" ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

export function parseId(id: string): { namespace: string; name: string } {
  const [first = "", second] = id.split("/");
  return second === undefined ? { namespace: "", name: first } : { namespace: first, name: second };
}

/** Groups whose objects the API server has types for: what their fields mean is known. */
const builtInGroups = new Set(
  (
    ",admissionregistration.k8s.io,apiextensions.k8s.io,apiregistration.k8s.io,apps,authentication.k8s.io,authorization.k8s.io," +
    "autoscaling,batch,certificates.k8s.io,coordination.k8s.io,discovery.k8s.io,events.k8s.io,flowcontrol.apiserver.k8s.io," +
    "extensions,networking.k8s.io,node.k8s.io,policy,rbac.authorization.k8s.io,resource.k8s.io,scheduling.k8s.io,storage.k8s.io,storagemigration.k8s.io"
  ).split(","),
);

export const builtInGroup = (group: string) => builtInGroups.has(group);

export function isBuiltIn(object: JsonObject): boolean {
  return builtInGroup(groupOf(apiVersionOf(object)));
}

/** Whether the object defines a kind of custom resources. */
export function isDefinition(object: JsonObject): boolean {
  return groupOf(apiVersionOf(object)) === "apiextensions.k8s.io" && kindOf(object) === "CustomResourceDefinition";
}

export function withMetadata(object: JsonObject, changes: JsonObject): JsonObject {
  return { ...object, metadata: { ...metadataOf(object), ...changes } };
}
