/** Fields that the API server does not let change: only a new object can have another value there. */
import type { Json, JsonObject } from "../../values/property.ts";
import { apiVersionOf, groupOf, isObject, kindOf } from "./object.ts";

export interface Mutability {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

type Pattern = readonly string[];
const patterns = (...texts: string[]): Pattern[] => texts.map((text) => text.split("."));

const ofPodContainers = (
  "args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources securityContext stdin stdinOnce " +
  "terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir"
).split(" ");
const ofPods = (
  "affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC hostNetwork hostPID hostname " +
  "imagePullSecrets nodeName nodeSelector overhead preemptionPolicy priority priorityClassName readinessGates restartPolicy " +
  "runtimeClassName schedulerName securityContext serviceAccount serviceAccountName shareProcessNamespace subdomain " +
  "terminationGracePeriodSeconds volumes"
).split(" ");
const ofVolumes = (
  "awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs hostPath iscsi local " +
  "nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume"
).split(" ");

/** By group and kind; `*` stands for any item of a list. */
const immutable: Readonly<Record<string, Pattern[] | undefined>> = {
  "apps/Deployment": patterns("spec.selector"),
  "apps/DaemonSet": patterns("spec.selector"),
  "apps/StatefulSet": patterns(
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ),
  "batch/Job": patterns("spec.completions", "spec.parallelism", "spec.selector", "spec.template"),
  "policy/v1beta1/PodDisruptionBudget": patterns("spec"),
  "rbac.authorization.k8s.io/ClusterRoleBinding": patterns("roleRef"),
  "rbac.authorization.k8s.io/RoleBinding": patterns("roleRef"),
  "storage.k8s.io/StorageClass": patterns("parameters", "provisioner"),
  "/PersistentVolume": ofVolumes.map((name) => ["spec", name]),
  "/PersistentVolumeClaim": patterns("spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"),
  "/Pod": [
    ...ofPods.map((name) => ["spec", name]),
    ...["containers", "initContainers"].flatMap((list) => ofPodContainers.map((name) => ["spec", list, "*", name])),
  ],
  "/ResourceQuota": patterns("spec.scopes"),
  "/Secret": patterns("type"),
  "/Service": patterns("spec.clusterIP"),
};

/** What tells one object from another. */
export const identity = patterns("metadata.name", "metadata.namespace");

export function forceNewPatterns(object: JsonObject, mutable: Mutability): Pattern[] {
  const group = groupOf(apiVersionOf(object));
  const kind = kindOf(object);
  const isImmutable = object["immutable"] === true;
  if (group === "" && kind === "Secret" && (!mutable.secrets || isImmutable))
    return [...identity, ...patterns("type", "stringData", "data")];
  if (group === "" && kind === "ConfigMap" && (!mutable.configMaps || isImmutable))
    return [...identity, ...patterns("binaryData", "data")];
  const versioned = immutable[`${apiVersionOf(object)}/${kind}`];
  return [...identity, ...(immutable[`${group}/${kind}`] ?? []), ...(versioned ?? [])];
}

/** Whether a change at `path`, to `value`, touches a field of one of the patterns. */
export function touches(path: readonly (string | number)[], value: Json | undefined, all: readonly Pattern[]): boolean {
  return all.some((pattern) => {
    const shared = Math.min(path.length, pattern.length);
    for (let i = 0; i < shared; i++)
      if (pattern[i] !== path[i] && !(pattern[i] === "*" && typeof path[i] === "number")) return false;
    return holds(value, pattern.slice(shared));
  });
}

function holds(value: Json | undefined, pattern: Pattern): boolean {
  const [part, ...rest] = pattern;
  if (part === undefined) return true;
  // A list that goes, or is emptied, takes the fields of its items with it.
  if (part === "*" && (value === null || (Array.isArray(value) && value.length === 0))) return true;
  if (part === "*") return Array.isArray(value) && value.some((item) => holds(item, rest));
  return isObject(value) && Object.hasOwn(value, part) && holds(value[part], rest);
}
