import { isObject, type JsonObject, objectAt, objectsAt, textAt } from "./json.ts";
import { defaultPodSpec, defaultRequests } from "./podDefaults.ts";

type Defaulter = (object: JsonObject, spec: JsonObject) => void;

/** Sets what is missing in an object, as the real API server does on the way in; changes `object` in place. */
export function setDefaults(object: JsonObject): void {
  const defaulter = byKind[textAt(object["kind"]) ?? ""];
  if (defaulter === undefined) return;
  defaulter(object, objectAt(object["spec"]));
}

const byKind: Record<string, Defaulter> = {
  Namespace(object) {
    object["spec"] ??= {};
    const { metadata } = object;
    if (!isObject(metadata)) return;
    const labels = objectAt(metadata["labels"]);
    if (labels["kubernetes.io/metadata.name"] !== metadata["name"]) {
      metadata["labels"] = { ...labels, "kubernetes.io/metadata.name": metadata["name"] };
    }
  },
  Pod(_, spec) {
    defaultPodSpec(spec);
    [...objectsAt(spec["containers"]), ...objectsAt(spec["initContainers"])].forEach(defaultRequests);
    spec["enableServiceLinks"] ??= true;
    spec["serviceAccountName"] ??= "default";
    spec["serviceAccount"] ??= spec["serviceAccountName"];
    spec["preemptionPolicy"] ??= "PreemptLowerPriority";
    spec["priority"] ??= 0;
  },
  Deployment(_, spec) {
    spec["replicas"] ??= 1;
    spec["revisionHistoryLimit"] ??= 10;
    spec["progressDeadlineSeconds"] ??= 600;
    const strategy = (spec["strategy"] ??= {});
    if (isObject(strategy)) defaultStrategy(strategy);
    defaultTemplate(spec);
  },
  ReplicaSet(_, spec) {
    spec["replicas"] ??= 1;
    defaultTemplate(spec);
  },
  Job(_, spec) {
    spec["completions"] ??= 1;
    spec["parallelism"] ??= 1;
    spec["backoffLimit"] ??= 6;
    spec["completionMode"] ??= "NonIndexed";
    spec["suspend"] ??= false;
    spec["podReplacementPolicy"] ??= "TerminatingOrFailed";
    spec["manualSelector"] ??= false;
    defaultTemplate(spec);
  },
  Service(_, spec) {
    spec["type"] ??= "ClusterIP";
    spec["sessionAffinity"] ??= "None";
    if (spec["type"] !== "ExternalName") {
      spec["internalTrafficPolicy"] ??= "Cluster";
      spec["ipFamilies"] ??= ["IPv4"];
      spec["ipFamilyPolicy"] ??= "SingleStack";
    }
    for (const port of objectsAt(spec["ports"])) {
      port["protocol"] ??= "TCP";
      port["targetPort"] ??= port["port"];
    }
  },
  ConfigMap() {},
  Secret(object) {
    object["type"] ??= "Opaque";
    const { stringData } = object;
    delete object["stringData"];
    if (!isObject(stringData)) return;
    const encoded = Object.entries(stringData).map(([key, value]) => [
      key,
      Buffer.from(String(value)).toString("base64"),
    ]);
    object["data"] = { ...objectAt(object["data"]), ...(Object.fromEntries(encoded) as JsonObject) };
  },
  LimitRange(_, spec) {
    for (const limit of objectsAt(spec["limits"])) defaultLimit(limit);
  },
  PersistentVolumeClaim(_, spec) {
    spec["volumeMode"] ??= "Filesystem";
  },
  PersistentVolume(_, spec) {
    spec["volumeMode"] ??= "Filesystem";
    spec["persistentVolumeReclaimPolicy"] ??= "Retain";
  },
  StorageClass(object) {
    object["reclaimPolicy"] ??= "Delete";
    object["volumeBindingMode"] ??= "Immediate";
  },
  NetworkPolicy(_, spec) {
    spec["podSelector"] ??= {};
    spec["policyTypes"] ??= spec["egress"] === undefined ? ["Ingress"] : ["Ingress", "Egress"];
    for (const rule of [...objectsAt(spec["ingress"]), ...objectsAt(spec["egress"])]) {
      for (const port of objectsAt(rule["ports"])) port["protocol"] ??= "TCP";
    }
  },
  RoleBinding: defaultBinding,
  ClusterRoleBinding: defaultBinding,
  HorizontalPodAutoscaler(_, spec) {
    spec["minReplicas"] ??= 1;
  },
  Gateway(_, spec) {
    for (const listener of objectsAt(spec["listeners"])) {
      const routes = (listener["allowedRoutes"] ??= {});
      if (isObject(routes)) routes["namespaces"] ??= { from: "Same" };
    }
  },
  HTTPRoute(object, spec) {
    object["spec"] ??= spec;
    spec["rules"] ??= [{}];
    for (const parent of objectsAt(spec["parentRefs"])) {
      parent["group"] ??= "gateway.networking.k8s.io";
      parent["kind"] ??= "Gateway";
    }
    objectsAt(spec["rules"]).forEach(defaultRouteRule);
  },
};

function defaultStrategy(strategy: JsonObject): void {
  strategy["type"] ??= "RollingUpdate";
  if (strategy["type"] !== "RollingUpdate") return;
  const rolling = (strategy["rollingUpdate"] ??= {});
  if (!isObject(rolling)) return;
  rolling["maxSurge"] ??= "25%";
  rolling["maxUnavailable"] ??= "25%";
}

function defaultTemplate(spec: JsonObject): void {
  const template = objectAt(spec["template"]);
  if (isObject(template["spec"])) defaultPodSpec(template["spec"]);
}

/** What a container gets that asks for nothing: the upper limit unless said otherwise. */
function defaultLimit(limit: JsonObject): void {
  if (limit["type"] !== "Container") return;
  const standard = { ...objectAt(limit["max"]), ...objectAt(limit["default"]) };
  const request = { ...standard, ...objectAt(limit["min"]), ...objectAt(limit["defaultRequest"]) };
  if (limit["default"] !== undefined || limit["max"] !== undefined) limit["default"] = standard;
  if (Object.keys(request).length > 0) limit["defaultRequest"] = request;
}

function defaultBinding(object: JsonObject): void {
  const role = objectAt(object["roleRef"]);
  role["apiGroup"] ??= "rbac.authorization.k8s.io";
  for (const subject of objectsAt(object["subjects"])) {
    if (subject["kind"] !== "ServiceAccount") subject["apiGroup"] ??= "rbac.authorization.k8s.io";
  }
}

function defaultRouteRule(rule: JsonObject): void {
  rule["matches"] ??= [{ path: { type: "PathPrefix", value: "/" } }];
  for (const match of objectsAt(rule["matches"])) {
    const path = (match["path"] ??= { type: "PathPrefix", value: "/" });
    if (isObject(path)) {
      path["type"] ??= "PathPrefix";
      path["value"] ??= "/";
    }
    for (const pattern of [...objectsAt(match["headers"]), ...objectsAt(match["queryParams"])])
      pattern["type"] ??= "Exact";
  }
  for (const backend of objectsAt(rule["backendRefs"])) {
    backend["group"] ??= "";
    backend["kind"] ??= "Service";
    backend["weight"] ??= 1;
  }
}
