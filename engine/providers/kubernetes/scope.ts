/** Whether objects of a kind live in namespaces. */
import type { JsonObject } from "../../values/property.ts";
import { findKind } from "./api.ts";
import { ApiError, Unreachable } from "./client.ts";
import type { Kube } from "./kube.ts";
import { apiVersionOf, groupOf, isBuiltIn, isDefinition, isObject, kindOf } from "./object.ts";

/** Built-in kinds are known even while no cluster can be asked; those missing here are asked for. */
const builtInNamespaced = new Set(
  (
    "Binding ConfigMap ControllerRevision CronJob CSIStorageCapacity DaemonSet Deployment Endpoints EndpointSlice Event " +
    "HorizontalPodAutoscaler Ingress Job Lease LimitRange NetworkPolicy PersistentVolumeClaim Pod PodDisruptionBudget PodTemplate " +
    "ReplicaSet ReplicationController ResourceQuota Role RoleBinding Secret Service ServiceAccount StatefulSet"
  ).split(" "),
);
const builtInClusterScoped = new Set(
  (
    "APIService CertificateSigningRequest ClusterRole ClusterRoleBinding CSIDriver CSINode CustomResourceDefinition FlowSchema IngressClass " +
    "MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass PriorityLevelConfiguration RuntimeClass StorageClass " +
    "ValidatingWebhookConfiguration VolumeAttachment"
  ).split(" "),
);

const definedKey = (group: string, kind: string) => `${group}/${kind}`;

/** Remembers the scope of a kind that the program itself defines: its objects may be checked before the kind exists. */
export function rememberDefinition(kube: Kube, object: JsonObject): void {
  const spec = object["spec"];
  if (!isDefinition(object) || !isObject(spec) || !isObject(spec["names"])) return;
  kube.defined.set(definedKey(String(spec["group"]), String(spec["names"]["kind"])), spec["scope"] === "Namespaced");
}

/** A kind that nobody knows, yet, is taken for one that lives in namespaces. */
export async function isNamespaced(kube: Kube, object: JsonObject): Promise<boolean> {
  const kind = kindOf(object);
  if (isBuiltIn(object)) {
    if (builtInNamespaced.has(kind)) return true;
    if (builtInClusterScoped.has(kind)) return false;
  }
  const defined = kube.defined.get(definedKey(groupOf(apiVersionOf(object)), kind));
  if (defined !== undefined) return defined;
  try {
    return (await findKind(kube, apiVersionOf(object), kind))?.namespaced ?? true;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof ApiError) return true;
    throw error;
  }
}
