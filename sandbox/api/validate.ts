import { duplicate, invalidValue, required, unsupported } from "./causes.ts";
import { immutableCauses } from "./immutable.ts";
import { isObject, type JsonObject, objectAt, objectsAt, sameJson, textAt } from "./json.ts";
import type { Kind } from "./kinds.ts";
import { labelCauses, metadataCauses } from "./names.ts";
import type { KubeObject } from "./object.ts";
import { type Cause, invalid } from "./status.ts";

/**
 * Refuses what a real API server would refuse of the objects that clients of the sandbox make. With `before` also what
 * it never lets change.
 */
export function validate(kind: Kind, object: KubeObject, before?: KubeObject): void {
  const causes = [
    ...metadataCauses(kind, object.metadata as unknown as JsonObject),
    ...(byKind[kind.kind]?.(object, objectAt(object["spec"])) ?? []),
    ...(before ? immutableCauses(kind, before, object) : []),
  ];
  if (causes.length > 0) throw invalid(kind, object.metadata.name, causes);
}

type Validator = (object: JsonObject, spec: JsonObject) => Cause[];

const byKind: Record<string, Validator> = {
  Pod: (_, spec) => podSpecCauses("spec", spec),
  Deployment: (_, spec) => [
    ...(typeof spec["replicas"] === "number" && spec["replicas"] < 0
      ? [negative("spec.replicas", spec["replicas"])]
      : []),
    ...templateCauses(spec),
  ],
  ReplicaSet: (_, spec) => templateCauses(spec),
  Job: (_, spec) => {
    const template = objectAt(objectAt(spec["template"])["spec"]);
    const policy = template["restartPolicy"];
    return [
      ...podSpecCauses("spec.template.spec", template),
      ...(policy === "Never" || policy === "OnFailure"
        ? []
        : [required("spec.template.spec.restartPolicy", `valid values: "OnFailure", "Never"`)]),
    ];
  },
  Service: (_, spec) => serviceCauses(spec),
  PersistentVolumeClaim: (_, spec) => [
    ...(Array.isArray(spec["accessModes"]) && spec["accessModes"].length > 0
      ? []
      : [required("spec.accessModes", "at least 1 access mode is required")]),
    ...(objectAt(objectAt(spec["resources"])["requests"])["storage"] === undefined
      ? [required("spec.resources[storage]")]
      : []),
  ],
  ConfigMap: (object) => dataCauses(object),
  Secret: (object) => dataCauses(object),
  RoleBinding: (object) => roleRefCauses(object),
  ClusterRoleBinding: (object) => roleRefCauses(object),
  HTTPRoute: (_, spec) => [
    ...hostnameCauses(spec["hostnames"]),
    ...objectsAt(spec["rules"]).flatMap((rule, r) =>
      objectsAt(rule["backendRefs"]).flatMap((backend, b) =>
        weightCauses(`spec.rules[${r}].backendRefs[${b}]`, backend),
      ),
    ),
  ],
};

function negative(field: string, value: unknown): Cause {
  return invalidValue(field, value, "must be greater than or equal to 0");
}

function templateCauses(spec: JsonObject): Cause[] {
  const selector = spec["selector"];
  const template = objectAt(spec["template"]);
  const labels = objectAt(objectAt(template["metadata"])["labels"]);
  const causes: Cause[] = [];
  if (!isObject(selector)) causes.push(required("spec.selector"));
  else if (Object.keys(selector).length === 0) {
    causes.push(invalidValue("spec.selector", selector, "empty selector is invalid for deployment"));
  } else if (Object.entries(objectAt(selector["matchLabels"])).some(([key, value]) => labels[key] !== value)) {
    const detail = "`selector` does not match template `labels`";
    causes.push(invalidValue("spec.template.metadata.labels", labels, detail));
  }
  causes.push(...labelCauses("spec.template.labels", objectAt(template["metadata"])["labels"]));
  const podSpec = objectAt(template["spec"]);
  causes.push(...podSpecCauses("spec.template.spec", podSpec));
  if (textAt(podSpec["restartPolicy"]) !== "Always" && isObject(template["spec"])) {
    causes.push(unsupported("spec.template.spec.restartPolicy", podSpec["restartPolicy"], ["Always"]));
  }
  return causes;
}

function podSpecCauses(field: string, spec: JsonObject): Cause[] {
  const containers = objectsAt(spec["containers"]);
  const volumes = new Set(objectsAt(spec["volumes"]).map((volume) => volume["name"]));
  return [
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...containers.flatMap((container, index) => containerCauses(`${field}.containers[${index}]`, container, volumes)),
    ...duplicateNames(`${field}.containers`, containers),
    ...duplicateNames(`${field}.volumes`, objectsAt(spec["volumes"])),
  ];
}

function containerCauses(field: string, container: JsonObject, volumes: Set<unknown>): Cause[] {
  const causes: Cause[] = [];
  if (!textAt(container["name"])) causes.push(required(`${field}.name`));
  if (!textAt(container["image"])) causes.push(required(`${field}.image`));
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    const settings = container[probe];
    if (
      isObject(settings) &&
      !["httpGet", "tcpSocket", "exec", "grpc"].some((handler) => isObject(settings[handler]))
    ) {
      causes.push(required(`${field}.${probe}`, "must specify a handler type"));
    }
  }
  objectsAt(container["volumeMounts"]).forEach((mount, index) => {
    if (volumes.has(mount["name"])) return;
    const at = `${field}.volumeMounts[${index}].name`;
    causes.push({ reason: "FieldValueNotFound", message: `Not found: ${JSON.stringify(mount["name"])}`, field: at });
  });
  objectsAt(container["env"]).forEach((variable, index) => {
    const at = `${field}.env[${index}]`;
    if (!textAt(variable["name"])) causes.push(required(`${at}.name`));
    const value = variable["value"];
    if (value !== undefined && typeof value !== "string")
      causes.push(invalidValue(`${at}.value`, value, "must be a string"));
  });
  return causes;
}

function duplicateNames(field: string, items: JsonObject[]): Cause[] {
  return items.flatMap((item, index) => {
    const first = items.findIndex((other) => sameJson(other["name"], item["name"]));
    return textAt(item["name"]) && first < index ? [duplicate(`${field}[${index}].name`, item["name"])] : [];
  });
}

function serviceCauses(spec: JsonObject): Cause[] {
  const ports = objectsAt(spec["ports"]);
  if (spec["type"] === "ExternalName") return textAt(spec["externalName"]) ? [] : [required("spec.externalName")];
  const causes = ports.length === 0 && spec["clusterIP"] !== "None" ? [required("spec.ports")] : [];
  ports.forEach((port, index) => {
    const at = `spec.ports[${index}]`;
    const number = port["port"];
    if (typeof number !== "number" || !Number.isInteger(number) || number < 1 || number > 65535) {
      causes.push(invalidValue(`${at}.port`, number ?? 0, "must be between 1 and 65535, inclusive"));
    }
    const target = port["targetPort"];
    if (typeof target === "number" && (target < 1 || target > 65535)) {
      causes.push(invalidValue(`${at}.targetPort`, target, "must be between 1 and 65535, inclusive"));
    }
    if (ports.length > 1 && !textAt(port["name"])) causes.push(required(`${at}.name`));
  });
  return [...causes, ...duplicateNames("spec.ports", ports)];
}

function dataCauses(object: JsonObject): Cause[] {
  return Object.entries(objectAt(object["data"])).flatMap(([key, value]) => [
    ...(/^[-._a-zA-Z0-9]+$/.test(key)
      ? []
      : [
          invalidValue(
            `data[${key}]`,
            key,
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
          ),
        ]),
    ...(typeof value === "string" ? [] : [invalidValue(`data[${key}]`, value, "must be a string")]),
  ]);
}

const hostname = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function hostnameCauses(hostnames: unknown): Cause[] {
  return (Array.isArray(hostnames) ? hostnames : []).flatMap((name: unknown, index) =>
    typeof name === "string" && hostname.test(name)
      ? []
      : [invalidValue(`spec.hostnames[${index}]`, name, `should match '${hostname.source}'`)],
  );
}

function roleRefCauses(object: JsonObject): Cause[] {
  const { kind, name } = objectAt(object["roleRef"]);
  const causes = textAt(name) ? [] : [required("roleRef.name")];
  return kind === "Role" || kind === "ClusterRole"
    ? causes
    : [...causes, unsupported("roleRef.kind", kind ?? "", ["ClusterRole", "Role"])];
}

function weightCauses(field: string, backend: JsonObject): Cause[] {
  const weight = backend["weight"];
  if (typeof weight === "number" && Number.isInteger(weight) && weight >= 0 && weight <= 1_000_000) return [];
  return [invalidValue(`${field}.weight`, weight, "should be an integer from 0 to 1000000")];
}
