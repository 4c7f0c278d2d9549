import { invalidValue, required } from "./causes.ts";
import { isObject, type JsonObject, objectAt, textAt } from "./json.ts";
import type { Kind } from "./kinds.ts";
import type { Cause } from "./status.ts";

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualified = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const qualifiedText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

const rolePattern = /^(Cluster)?Role(Binding)?$/;

/** What is wrong with the name, labels and annotations of an object. */
export function metadataCauses(kind: Kind, metadata: JsonObject): Cause[] {
  return [
    ...nameCauses(kind, metadata["name"]),
    ...labelCauses("metadata.labels", metadata["labels"]),
    ...annotationCauses(metadata["annotations"]),
    ...ownerCauses(metadata["ownerReferences"]),
    ...finalizerCauses(metadata["finalizers"]),
  ];
}

function nameCauses(kind: Kind, name: unknown): Cause[] {
  const field = "metadata.name";
  if (typeof name !== "string" || name === "") return [required(field, "name or generateName is required")];
  if (rolePattern.test(kind.kind)) {
    return /[/%]/.test(name) || name === "." || name === ".." ? [invalidValue(field, name, "may not contain '/'")] : [];
  }
  if (kind.kind === "Namespace" || kind.kind === "Service") return shortName(field, name, label, labelText, 63);
  return shortName(field, name, subdomain, subdomainText, 253);
}

function shortName(field: string, name: string, pattern: RegExp, text: string, longest: number): Cause[] {
  const causes = pattern.test(name) ? [] : [invalidValue(field, name, text)];
  return name.length > longest
    ? [...causes, invalidValue(field, name, `must be no more than ${longest} bytes`)]
    : causes;
}

export function labelCauses(field: string, labels: unknown): Cause[] {
  if (labels === undefined) return [];
  if (!isObject(labels)) return [invalidValue(field, labels, "must be an object")];
  return Object.entries(labels).flatMap(([key, value]) => [
    ...keyCauses(field, key),
    ...(typeof value === "string" && value.length <= 63 && (value === "" || qualified.test(value))
      ? []
      : [
          invalidValue(
            field,
            value,
            typeof value === "string" && value.length > 63 ? "must be no more than 63 bytes" : valueText,
          ),
        ]),
  ]);
}

function annotationCauses(annotations: unknown): Cause[] {
  const field = "metadata.annotations";
  return Object.entries(objectAt(annotations)).flatMap(([key, value]) => [
    ...keyCauses(field, key.toLowerCase()),
    ...(textAt(value) === undefined ? [invalidValue(field, value, "must be a string")] : []),
  ]);
}

function ownerCauses(references: unknown): Cause[] {
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference: unknown, index) =>
    ["apiVersion", "kind", "name", "uid"]
      .filter((key) => !textAt(objectAt(reference)[key]))
      .map((key) => required(`metadata.ownerReferences[${index}].${key}`, "must not be empty")),
  );
}

function finalizerCauses(finalizers: unknown): Cause[] {
  if (!Array.isArray(finalizers)) return [];
  return finalizers.flatMap((finalizer: unknown, index) =>
    textAt(finalizer) ? [] : [invalidValue(`metadata.finalizers[${index}]`, finalizer, "must be a name")],
  );
}

function keyCauses(field: string, key: string): Cause[] {
  const slash = key.lastIndexOf("/");
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  const causes =
    prefix === undefined || subdomain.test(prefix) ? [] : [invalidValue(field, key, `prefix part ${subdomainText}`)];
  if (name.length > 63) return [...causes, invalidValue(field, key, "name part must be no more than 63 bytes")];
  return qualified.test(name) ? causes : [...causes, invalidValue(field, key, qualifiedText)];
}
