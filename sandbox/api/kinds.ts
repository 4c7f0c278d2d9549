/** The kinds that the sandbox serves. Everything that differs by kind and is not behaviour stands in this table. */

export type Subresource = "status" | "scale" | "log" | "binding" | "finalize" | "eviction";

export interface Kind {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  short: readonly string[];
  namespaced: boolean;
  subresources: readonly Subresource[];
  categories: readonly string[];
  /** metadata.generation counts the changes of everything but metadata and status. */
  generation: boolean;
  /** Defined by a CRD on a real cluster: an update must carry a resourceVersion, strategic merge is not possible. */
  custom: boolean;
}

type Extra = Partial<Pick<Kind, "short" | "namespaced" | "subresources" | "categories" | "generation" | "custom">>;

function define(groupVersion: string, kind: string, plural: string, extra: Extra = {}): Kind {
  const [group, version] = groupVersion.includes("/") ? (groupVersion.split("/") as [string, string]) : ["", "v1"];
  return {
    group,
    version,
    kind,
    plural,
    short: [],
    namespaced: true,
    subresources: [],
    categories: [],
    generation: false,
    custom: false,
    ...extra,
  };
}

const all = ["all"];
const status: Subresource[] = ["status"];
const workload: Extra = { subresources: ["status", "scale"], categories: all, generation: true };
const gateway: Extra = { subresources: status, categories: ["gateway-api"], generation: true, custom: true };

export const kinds: readonly Kind[] = [
  define("v1", "Namespace", "namespaces", { short: ["ns"], namespaced: false, subresources: ["status", "finalize"] }),
  define("v1", "Node", "nodes", { short: ["no"], namespaced: false, subresources: status }),
  define("v1", "Pod", "pods", {
    short: ["po"],
    subresources: ["status", "log", "binding", "eviction"],
    categories: all,
    generation: true,
  }),
  define("v1", "Service", "services", { short: ["svc"], subresources: status, categories: all }),
  define("v1", "ConfigMap", "configmaps", { short: ["cm"] }),
  define("v1", "Secret", "secrets"),
  define("v1", "ServiceAccount", "serviceaccounts", { short: ["sa"] }),
  define("v1", "ResourceQuota", "resourcequotas", { short: ["quota"], subresources: status }),
  define("v1", "LimitRange", "limitranges", { short: ["limits"] }),
  define("v1", "Event", "events", { short: ["ev"] }),
  define("v1", "Endpoints", "endpoints", { short: ["ep"] }),
  define("v1", "PersistentVolumeClaim", "persistentvolumeclaims", { short: ["pvc"], subresources: status }),
  define("v1", "PersistentVolume", "persistentvolumes", { short: ["pv"], namespaced: false, subresources: status }),
  define("storage.k8s.io/v1", "StorageClass", "storageclasses", { short: ["sc"], namespaced: false }),
  define("apps/v1", "Deployment", "deployments", { short: ["deploy"], ...workload }),
  define("apps/v1", "ReplicaSet", "replicasets", { short: ["rs"], ...workload }),
  define("batch/v1", "Job", "jobs", { subresources: status, categories: all, generation: true }),
  define("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", {
    short: ["pdb"],
    subresources: status,
    generation: true,
  }),
  define("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", { short: ["netpol"], generation: true }),
  define("rbac.authorization.k8s.io/v1", "Role", "roles"),
  define("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
  define("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", { namespaced: false }),
  define("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", { namespaced: false }),
  define("coordination.k8s.io/v1", "Lease", "leases"),
  define("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", { generation: true }),
  define("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", {
    short: ["hpa"],
    subresources: status,
    categories: all,
  }),
  define("gateway.networking.k8s.io/v1", "GatewayClass", "gatewayclasses", {
    ...gateway,
    short: ["gc"],
    namespaced: false,
  }),
  define("gateway.networking.k8s.io/v1", "Gateway", "gateways", { ...gateway, short: ["gtw"] }),
  define("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", gateway),
  define("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "referencegrants", {
    ...gateway,
    short: ["refgrant"],
    subresources: [],
  }),
];

/** `deployments.apps`, or `pods` in the core group: how a resource is named in messages, and its key in the store. */
export function resourceOf(kind: Kind): string {
  return kind.group === "" ? kind.plural : `${kind.plural}.${kind.group}`;
}

export function apiVersionOf(kind: Kind): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

const byPath = new Map(kinds.map((kind) => [`${apiVersionOf(kind)}/${kind.plural}`, kind]));
const byName = new Map(kinds.map((kind) => [`${apiVersionOf(kind)}/${kind.kind}`, kind]));

export function kindOfPlural(apiVersion: string, plural: string): Kind | undefined {
  return byPath.get(`${apiVersion}/${plural}`);
}

/** The kind of an object, or undefined when the sandbox does not serve it. */
export function kindOf(object: { apiVersion: string; kind: string }): Kind | undefined {
  return byName.get(`${object.apiVersion}/${object.kind}`);
}

/** The entry of a kind by its name, for code that is about one kind. */
export function kindNamed(name: string): Kind {
  const found = kinds.find((kind) => kind.kind === name);
  if (found === undefined) throw new Error(`Expected the name of a kind in the table, got ${JSON.stringify(name)}.`);
  return found;
}
