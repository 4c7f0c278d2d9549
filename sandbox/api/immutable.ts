import { forbidden, invalidValue } from "./causes.ts";
import { copy, type JsonObject, objectAt, objectsAt, sameJson } from "./json.ts";
import type { Kind } from "./kinds.ts";
import type { KubeObject } from "./object.ts";
import type { Cause } from "./status.ts";

/** Changes of what a real API server never lets change. */
export function immutableCauses(kind: Kind, before: KubeObject, after: KubeObject): Cause[] {
  return byKind[kind.kind]?.(before, after) ?? [];
}

type Check = (before: JsonObject, after: JsonObject) => Cause[];

const immutable = "field is immutable";

function unchanged(path: string, detail = immutable): Check {
  const at = (object: JsonObject): unknown =>
    path.split(".").reduce<unknown>((value, key) => objectAt(value)[key], object);
  return (before, after) => (sameJson(at(before), at(after)) ? [] : [invalidValue(path, at(after), detail)]);
}

const all =
  (...checks: Check[]): Check =>
  (before, after) =>
    checks.flatMap((check) => check(before, after));

/** ConfigMaps and Secrets that their maker marked so. */
const sealed: Check = (before, after) => {
  if (before["immutable"] !== true) return [];
  const detail = "field is immutable when `immutable` is set";
  return ["immutable", "data", "binaryData"]
    .filter((field) => !sameJson(before[field], after[field]))
    .map((field) => forbidden(field, detail));
};

const clusterIp: Check = (before, after) => {
  const [old, now] = [objectAt(before["spec"]), objectAt(after["spec"])];
  if (old["type"] === "ExternalName" || now["type"] === "ExternalName" || old["clusterIP"] === undefined) return [];
  if (sameJson(old["clusterIP"], now["clusterIP"])) return [];
  return [invalidValue("spec.clusterIPs[0]", [now["clusterIP"]], "may not change once set")];
};

const podSpec: Check = (before, after) => {
  const fixed = (object: JsonObject): JsonObject => {
    const spec = copy(objectAt(object["spec"]));
    for (const container of [...objectsAt(spec["containers"]), ...objectsAt(spec["initContainers"])])
      delete container["image"];
    for (const field of ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"])
      Reflect.deleteProperty(spec, field);
    return spec;
  };
  const detail =
    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
  return sameJson(fixed(before), fixed(after)) ? [] : [forbidden("spec", detail)];
};

const byKind: Record<string, Check> = {
  Deployment: unchanged("spec.selector"),
  ReplicaSet: unchanged("spec.selector"),
  Job: all(unchanged("spec.completions"), unchanged("spec.selector"), unchanged("spec.template")),
  ConfigMap: sealed,
  Secret: all(unchanged("type"), sealed),
  Service: clusterIp,
  Pod: podSpec,
  RoleBinding: unchanged("roleRef", "cannot change roleRef"),
  ClusterRoleBinding: unchanged("roleRef", "cannot change roleRef"),
  PersistentVolumeClaim: unchanged("spec.storageClassName"),
  GatewayClass: unchanged("spec.controllerName", "Value is immutable"),
};
