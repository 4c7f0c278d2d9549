/** Brings inputs into the form in which the API server keeps them, so that what means the same is the same. */
import type { Json, JsonObject } from "../../values/property.ts";
import { apiVersionOf, groupOf, isBuiltIn, isObject, kindOf, metadataOf } from "./object.ts";
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
  const known = isBuiltIn(inputs) ? normalizeBuiltIn(inputs) : inputs;
  if (!isObject(known["metadata"])) return known;
  const metadata = Object.fromEntries(
    Object.entries(metadataOf(known)).filter(([key]) => !readOnlyMetadata.includes(key)),
  );
  return { ...known, metadata };
}

function normalizeBuiltIn(inputs: JsonObject): JsonObject {
  const core = groupOf(apiVersionOf(inputs)) === "";
  if (core && kindOf(inputs) === "Secret") return normalizeSecret(inputs);
  return withQuantities(inputs, []) as JsonObject;
}

/** `stringData` is merged into `data`, in base64. */
function normalizeSecret(secret: JsonObject): JsonObject {
  const { stringData, ...rest } = secret;
  if (!isObject(stringData) || Object.keys(stringData).length === 0) return recoded(secret);
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  const data = isObject(rest["data"]) ? rest["data"] : {};
  return { ...rest, data: { ...data, ...(Object.fromEntries(encoded) as JsonObject) } };
}

function recoded(secret: JsonObject): JsonObject {
  if (!isObject(secret["data"])) return secret;
  const data = Object.entries(secret["data"]).map(([key, value]): [string, Json] => [
    key,
    typeof value === "string" ? Buffer.from(value, "base64").toString("base64") : value,
  ]);
  return { ...secret, data: Object.fromEntries(data) };
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
};
const quantityFields = new Set(["sizeLimit"]);

function withQuantities(value: Json, path: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => withQuantities(item, path));
  if (!isObject(value)) return value;
  const name = path.at(-1) ?? "";
  const isQuantities = quantityMaps[name]?.includes(path.at(-2) ?? "") ?? false;
  const made: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const isQuantity =
      (isQuantities || quantityFields.has(key)) && (typeof item === "string" || typeof item === "number");
    made[key] = isQuantity ? canonicalQuantity(String(item)) : withQuantities(item, [...path, key]);
  }
  return made;
}
