/** Between Pulumi's values and the JSON that the API server takes and gives. */
import {
  Secret,
  Unknown,
  hasSecrets,
  isList,
  isMap,
  type Json,
  type JsonObject,
  type PropertyMap,
  type Value,
} from "../../values/property.ts";
import { isObject } from "./object.ts";

/** Some schema fields have dashes in Kubernetes and underscores in Pulumi. */
const dashed = new Map(
  [
    "embedded_resource",
    "int_or_string",
    "list_map_keys",
    "list_type",
    "map_type",
    "preserve_unknown_fields",
    "validations",
  ].map((name) => [`x_kubernetes_${name}`, `x-kubernetes-${name.replaceAll("_", "-")}`]),
);
const underscored = new Map([...dashed].map(([pulumi, kubernetes]) => [kubernetes, pulumi]));

/** Stands for an unknown in a diff: equal to nothing. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The object that inputs describe, secrets in the clear. */
export function toObject(map: PropertyMap): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [dashed.get(key) ?? key, toJson(value)]));
}

function toJson(value: Value): Json {
  if (value instanceof Secret) return toJson(value.value);
  if (value instanceof Unknown) return unknownText;
  if (isList(value)) return value.map(toJson);
  if (isMap(value)) return toObject(value);
  // A resource given as a property stands for its id; programs pass names, so this is never sent.
  return typeof value === "object" && value !== null ? null : value;
}

/**
 * The properties of an object. What the given inputs hold as secrets is secret here too, and so is all that a Secret
 * holds. A list with one secret item is a secret as a whole: the server may have changed its order.
 */
export function fromObject(object: JsonObject, inputs: PropertyMap): PropertyMap {
  return annotated(fromJson(object, (key) => underscored.get(key) ?? key) as PropertyMap, inputs);
}

/** The same for inputs: Pulumi keeps Kubernetes' own names in those. */
export function inputsFromObject(object: JsonObject, inputs: PropertyMap): PropertyMap {
  return annotated(fromJson(object, (key) => key) as PropertyMap, inputs);
}

function fromJson(value: Json, rename: (key: string) => string): Value {
  if (Array.isArray(value)) return value.map((item) => fromJson(item, rename));
  if (value === unknownText) return new Unknown();
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), fromJson(item, rename)]));
}

function annotated(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  const made: Record<string, Value> = { ...outputs };
  if (outputs["kind"] === "Secret") {
    for (const key of ["data", "stringData"]) if (made[key] !== undefined) made[key] = asSecret(made[key]);
    return made;
  }
  for (const [key, input] of Object.entries(inputs)) {
    const output = made[key];
    if (output === undefined) continue;
    if (isMap(output) && isMap(input)) made[key] = annotated(output, input);
    else if (hasSecrets(input)) made[key] = asSecret(output);
  }
  return made;
}

function asSecret(value: Value): Secret {
  return value instanceof Secret ? value : new Secret(value);
}
