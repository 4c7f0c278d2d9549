/** Brings inputs into the form in which the API server keeps them, so that what means the same is the same. */
import type { Json, JsonObject } from "../../values/property.ts";
import { isMapOfNames, saysNothing } from "./empty.ts";
import { apiVersionOf, groupOf, isBuiltIn, isDefinition, isObject, kindOf, metadataOf } from "./object.ts";
import { canonicalQuantity } from "./quantity.ts";

/** Set by the server; they are no input. */
const readOnlyMetadata = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

export function normalizeInputs(inputs: JsonObject): JsonObject {
  return withoutReadOnly(isBuiltIn(inputs) ? normalizeBuiltIn(inputs) : inputs);
}

/** Without what only the server sets. */
export function withoutReadOnly(inputs: JsonObject): JsonObject {
  if (!isObject(inputs["metadata"])) return inputs;
  const metadata = Object.fromEntries(
    Object.entries(metadataOf(inputs)).filter(([key]) => !readOnlyMetadata.includes(key)),
  );
  return { ...inputs, metadata };
}

function normalizeBuiltIn(inputs: JsonObject): JsonObject {
  const group = groupOf(apiVersionOf(inputs));
  if (isDefinition(inputs)) return normalizeDefinition(inputs);
  if (group === "" && kindOf(inputs) === "Secret") return normalizeSecret(inputs);
  // Its types are not among those of Kubernetes' clients.
  if (group === "apiregistration.k8s.io") return inputs;
  return normalizeValue(inputs, [], kindOf(inputs)) as JsonObject;
}

/** The server drops a `preserveUnknownFields` of false; a status is no input. */
function normalizeDefinition({ status: _, ...definition }: JsonObject): JsonObject {
  const spec = definition["spec"];
  if (!isObject(spec) || spec["preserveUnknownFields"] !== false) return definition;
  const { preserveUnknownFields: __, ...rest } = spec;
  return { ...definition, spec: rest };
}

/** `stringData` is merged into `data`, in base64. */
function normalizeSecret(secret: JsonObject): JsonObject {
  const { stringData, ...rest } = secret;
  if (!isObject(stringData) || Object.keys(stringData).length === 0 || !hasTextsOnly(stringData))
    return recoded(secret);
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  const data = isObject(rest["data"]) ? rest["data"] : {};
  return { ...rest, data: { ...data, ...(Object.fromEntries(encoded) as JsonObject) } };
}

const hasTextsOnly = (map: JsonObject) => Object.values(map).every((value) => typeof value === "string");

function recoded(secret: JsonObject): JsonObject {
  if (!isObject(secret["data"])) return secret;
  const data = Object.entries(secret["data"]).map(([key, value]): [string, Json] => [
    key,
    typeof value === "string" ? recodedText(value) : value,
  ]);
  return { ...secret, data: Object.fromEntries(data) };
}

/** The server ignores line breaks in base64; what is no base64 stays, for the server to refuse. */
function recodedText(text: string): string {
  const dense = text.replaceAll(/[\r\n]/g, "");
  const valid = dense.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(dense);
  return valid ? Buffer.from(dense, "base64").toString("base64") : text;
}

/** Maps whose values are quantities, by the name of the field that holds them and that of its parent. */
const quantityMaps: Readonly<Record<string, readonly string[]>> = {
  limits: ["resources"],
  requests: ["resources"],
  hard: ["spec"],
  default: ["limits"],
  defaultRequest: ["limits"],
  max: ["limits"],
  min: ["limits"],
  maxLimitRequestRatio: ["limits"],
  capacity: ["spec"],
  overhead: ["spec"],
  podFixed: ["overhead"],
};
const quantityFields = new Set(["averageValue", "divisor", "sizeLimit", "maximumVolumeSize"]);

function normalizeValue(value: Json, path: readonly string[], kind: string): Json {
  if (Array.isArray(value)) return value.map((item) => normalizeValue(item, path, kind));
  if (!isObject(value)) return value;
  const ofNames = isMapOfNames(path, kind);
  const ofQuantities = quantityMaps[path.at(-1) ?? ""]?.includes(path.at(-2) ?? "") ?? false;
  const made: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, key];
    if (!ofNames && !ofQuantities && saysNothing(item, at, kind)) continue;
    const isQuantity =
      (ofQuantities || isQuantityField(at, kind)) && (typeof item === "string" || typeof item === "number");
    made[key] = isQuantity ? canonicalQuantity(String(item)) : normalizeValue(item, at, kind);
  }
  return made;
}

function isQuantityField(path: readonly string[], kind: string): boolean {
  const name = path.at(-1)!;
  return (
    quantityFields.has(name) || (name === "value" && kind === "HorizontalPodAutoscaler" && path.at(-2) === "target")
  );
}
