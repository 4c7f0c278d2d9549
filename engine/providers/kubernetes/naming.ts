/** Names that Pulumi gives to objects whose program gives none. */
import { randomBytes } from "node:crypto";
import { Unknown, isMap, reveal, type JsonObject, type PropertyMap } from "../../values/property.ts";
import { annotation, isObject, metadataOf, nameOf, withMetadata } from "./object.ts";
import { unknownText } from "./plain.ts";

const autonamed = "pulumi.com/autonamed";

export const isAutonamed = (object: JsonObject) => annotation(object, autonamed) === "true";

export function isNamed(object: JsonObject, inputs: PropertyMap): boolean {
  return nameOf(object) !== "" || hasUnknownName(inputs);
}

function hasUnknownName(inputs: PropertyMap): boolean {
  const metadata = reveal(inputs["metadata"] ?? null);
  return metadata instanceof Unknown || (isMap(metadata) && reveal(metadata["name"] ?? null) instanceof Unknown);
}

/** Eight random hexadecimal digits behind a prefix, as Pulumi does it. */
export function uniqueName(prefix: string): string {
  return prefix + randomBytes(4).toString("hex");
}

/** The name of before, where that was Pulumi's own; on a new resource a new one. */
export function withName(
  object: JsonObject,
  olds: JsonObject | undefined,
  resourceName: string,
  inputs: PropertyMap,
): JsonObject {
  if (isNamed(object, inputs)) return object;
  if (olds === undefined) return isNamedByServer(object) ? object : named(object, uniqueName(`${resourceName}-`));
  return isAutonamed(olds) ? named(object, nameOf(olds)) : object;
}

/** Whether the server is to make up a name: the text is a prefix, or only an update will know it. */
export function isNamedByServer(object: JsonObject): boolean {
  const prefix = metadataOf(object)["generateName"];
  return nameOf(object) === "" && typeof prefix === "string" && prefix !== "";
}

function named(object: JsonObject, name: string): JsonObject {
  const annotations = metadataOf(object)["annotations"];
  if (annotations === unknownText) return withMetadata(object, { name });
  return withMetadata(object, {
    name,
    annotations: { ...(isObject(annotations) ? annotations : {}), [autonamed]: "true" },
  });
}
