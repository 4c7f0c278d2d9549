import { randomBytes, randomUUID } from "node:crypto";
import { type Cluster, save, type WriteOptions } from "./cluster.ts";
import { setDefaults } from "./defaults.ts";
import { incoming } from "./incoming.ts";
import { isObject, type JsonObject, objectAt, textAt } from "./json.ts";
import { type Kind, kindNamed, resourceOf } from "./kinds.ts";
import { tracked } from "./managed.ts";
import { type KubeObject, type ManagedFieldsEntry, type Metadata, timestamp } from "./object.ts";
import { alreadyExists, namespaceTerminating, notFound } from "./status.ts";
import { validate } from "./validate.ts";

/**
 * Creates an object. `managedFields` are those of server-side apply; without them the writer owns what it sent.
 *
 * @throws StatusError 400, 403, 404, 409 or 422 as the real API server.
 */
export function create(
  cluster: Cluster,
  kind: Kind,
  namespace: string | undefined,
  body: unknown,
  options: WriteOptions,
  managedFields?: ManagedFieldsEntry[],
): KubeObject {
  const sent = incoming(kind, namespace, body);
  const name = nameOf(objectAt(sent["metadata"]));
  refuseClosedNamespace(cluster, kind, name, namespace);
  const object = { ...sent, metadata: newMetadata(kind, objectAt(sent["metadata"]), name) } as KubeObject;
  if (kind.subresources.includes("status") && kind.kind !== "Node") delete object["status"];
  setDefaults(object);
  atBirth[kind.kind]?.(object, objectAt(object["spec"]), cluster);
  validate(kind, object);
  if (cluster.store.get(resourceOf(kind), namespace, name) !== undefined) throw alreadyExists(kind, name);
  object.metadata.managedFields = managedFields ?? tracked(kind, undefined, object, options);
  if (!options.dryRun) return save(cluster, kind, object);
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as Metadata };
}

function nameOf(metadata: JsonObject): string {
  const name = textAt(metadata["name"]) ?? "";
  const prefix = textAt(metadata["generateName"]) ?? "";
  return name === "" && prefix !== "" ? prefix.slice(0, 58) + randomSuffix() : name;
}

const suffixLetters = "bcdfghjklmnpqrstvwxz2456789";

/** Five letters that spell no word. */
export function randomSuffix(): string {
  return [...randomBytes(5)].map((byte) => suffixLetters[byte % suffixLetters.length]).join("");
}

function refuseClosedNamespace(cluster: Cluster, kind: Kind, name: string, namespace: string | undefined): void {
  if (namespace === undefined) return;
  const found = cluster.store.get("namespaces", undefined, namespace);
  if (found === undefined) throw notFound(kindNamed("Namespace"), namespace);
  if (found.metadata.deletionTimestamp !== undefined) throw namespaceTerminating(kind, name, namespace);
}

function newMetadata(kind: Kind, sent: JsonObject, name: string): Metadata {
  const { resourceVersion: _, selfLink: __, deletionTimestamp: ___, deletionGracePeriodSeconds: ____, ...rest } = sent;
  const created = { uid: randomUUID(), creationTimestamp: timestamp(), managedFields: [], resourceVersion: "" };
  return { ...rest, name, ...created, generation: undefined, ...(kind.generation ? { generation: 1 } : {}) };
}

/** What the API server itself puts into a new object. */
const atBirth: Record<string, (object: KubeObject, spec: JsonObject, cluster: Cluster) => void> = {
  Namespace(object, spec) {
    object["spec"] = { ...spec, finalizers: ["kubernetes"] };
    object["status"] = { phase: "Active" };
  },
  Pod(object, spec) {
    object["status"] = { phase: "Pending", qosClass: qualityOf(spec) };
  },
  Service(object, spec, cluster) {
    object["status"] = { loadBalancer: {} };
    if (spec["type"] === "ExternalName") return;
    spec["clusterIP"] = textAt(spec["clusterIP"]) || cluster.addresses.pick();
    spec["clusterIPs"] = [spec["clusterIP"]];
  },
  Deployment: emptyStatus,
  ResourceQuota: emptyStatus,
  ReplicaSet(object) {
    object["status"] = { replicas: 0 };
  },
  Job: selectOwnPods,
  PersistentVolumeClaim(object, spec, cluster) {
    object["status"] = { phase: "Pending" };
    object.metadata.finalizers = [...new Set([...(object.metadata.finalizers ?? []), claimProtection])];
    const standard = cluster.store.list("storageclasses.storage.k8s.io").find(isDefaultClass);
    if (standard !== undefined) spec["storageClassName"] ??= standard.metadata.name;
  },
  PersistentVolume(object) {
    object["status"] = { phase: "Pending" };
  },
  PodDisruptionBudget(object) {
    object["status"] = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
  },
};

/** Keeps a claim until no pod uses it any more. */
const claimProtection = "kubernetes.io/pvc-protection";

function isDefaultClass({ metadata }: KubeObject): boolean {
  return metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true";
}

function emptyStatus(object: KubeObject): void {
  object["status"] = {};
}

function selectOwnPods(object: KubeObject, spec: JsonObject): void {
  object["status"] = {};
  if (spec["manualSelector"] === true || !isObject(spec["template"])) return;
  const { uid, name } = object.metadata;
  const template = spec["template"];
  const metadata = objectAt(template["metadata"]);
  const own = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": uid,
    "job-name": name,
  };
  template["metadata"] = { ...metadata, labels: { ...objectAt(metadata["labels"]), ...own } };
  object.metadata.labels ??= objectAt(objectAt(template["metadata"])["labels"]) as Record<string, string>;
  spec["selector"] = { matchLabels: { "batch.kubernetes.io/controller-uid": uid } };
}

function qualityOf(spec: JsonObject): string {
  const containers = Array.isArray(spec["containers"]) ? spec["containers"].map(objectAt) : [];
  const resources = containers.map((container) => objectAt(container["resources"]));
  const asks = (part: JsonObject): boolean =>
    ["cpu", "memory"].every((name) => objectAt(part["limits"])[name] !== undefined);
  const equal = (part: JsonObject): boolean =>
    ["cpu", "memory"].every((name) => objectAt(part["limits"])[name] === objectAt(part["requests"])[name]);
  if (resources.length > 0 && resources.every((part) => asks(part) && equal(part))) return "Guaranteed";
  const any = resources.some((part) => part["limits"] !== undefined || part["requests"] !== undefined);
  return any ? "Burstable" : "BestEffort";
}
