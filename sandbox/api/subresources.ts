import { invalidValue } from "./causes.ts";
import { type Cluster, existing, type WriteOptions } from "./cluster.ts";
import { remove } from "./delete.ts";
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from "./json.ts";
import { type Kind, kindNamed, resourceOf } from "./kinds.ts";
import { tracked } from "./managed.ts";
import { type KubeObject, timestamp } from "./object.ts";
import { badRequest, conflict, invalid, StatusError } from "./status.ts";
import { selects } from "./selectors.ts";
import { commit, replace } from "./update.ts";

const pods = kindNamed("Pod");

/** Gives a pod to a node; a pod goes to one node for good. */
export function bind(
  cluster: Cluster,
  namespace: string,
  name: string,
  node: string,
  options: WriteOptions,
): KubeObject {
  const live = existing(cluster, pods, namespace, name);
  const spec = objectAt(live["spec"]);
  if (node === "") throw badRequest("target.name: Required value");
  if (live.metadata.deletionTimestamp !== undefined) {
    throw conflict(pods, name, `pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (spec["nodeName"] !== undefined) {
    throw conflict(pods, name, `pod ${name} is already assigned to node "${String(spec["nodeName"])}"`);
  }
  const next: KubeObject = { ...live, spec: { ...spec, nodeName: node }, status: scheduled(objectAt(live["status"])) };
  next.metadata = { ...live.metadata, managedFields: tracked(pods, live, next, options) };
  return commit(cluster, pods, live, next, options.dryRun ?? false);
}

function scheduled(status: JsonObject): JsonObject {
  const others = objectsAt(status["conditions"]).filter((condition) => condition["type"] !== "PodScheduled");
  const condition = { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: timestamp() };
  return { ...status, conditions: [...others, condition] };
}

/** How many copies an object wants and has, in the one form that all scalable kinds share. */
export function scaleOf(object: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const [spec, status] = [objectAt(object["spec"]), objectAt(object["status"])];
  const labels = objectAt(objectAt(spec["selector"])["matchLabels"]);
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // Zero is left out, as of every number that Go may omit.
    spec: spec["replicas"] ? { replicas: spec["replicas"] } : {},
    status: { replicas: status["replicas"] ?? 0, selector: selector.join(",") },
  };
}

/** Changes the wanted number of copies to what a (patched) Scale says. */
export function rescale(
  cluster: Cluster,
  kind: Kind,
  live: KubeObject,
  scale: unknown,
  options: WriteOptions,
): KubeObject {
  const wanted = objectAt(isObject(scale) ? scale["spec"] : undefined)["replicas"] ?? 0;
  if (typeof wanted !== "number" || !Number.isInteger(wanted)) {
    throw badRequest(`spec.replicas: expected a whole number from 0, got ${JSON.stringify(wanted)}`);
  }
  if (wanted < 0) {
    const cause = invalidValue("spec.replicas", wanted, "must be greater than or equal to 0");
    throw invalid({ group: "autoscaling", kind: "Scale" }, live.metadata.name, [cause]);
  }
  const version = objectAt(objectAt(scale)["metadata"])["resourceVersion"];
  const metadata = { ...live.metadata, ...(typeof version === "string" ? { resourceVersion: version } : {}) };
  const next = { ...live, metadata, spec: { ...objectAt(live["spec"]), replicas: wanted } };
  return replace(cluster, kind, live, next as unknown as JsonObject, options);
}

/** Ends what holds a namespace back once it is empty. */
export function finalize(cluster: Cluster, name: string, body: unknown, options: WriteOptions): KubeObject {
  const kind = kindNamed("Namespace");
  const live = existing(cluster, kind, undefined, name);
  const finalizers = objectAt(objectAt(body)["spec"])["finalizers"] ?? [];
  const next = { ...live, spec: { ...objectAt(live["spec"]), finalizers } };
  return commit(cluster, kind, live, next, options.dryRun ?? false);
}

/** Deletes a pod, unless a disruption budget forbids it now. */
export function evict(cluster: Cluster, namespace: string, name: string, options: WriteOptions): void {
  const pod = existing(cluster, pods, namespace, name);
  const budgets = cluster.store.list(resourceOf(kindNamed("PodDisruptionBudget")), namespace);
  const closed = budgets.some(
    (budget) =>
      selects(objectAt(objectAt(budget["spec"])["selector"]), pod.metadata.labels) &&
      objectAt(budget["status"])["disruptionsAllowed"] === 0,
  );
  if (closed) {
    const message = "Cannot evict pod as it would violate the pod's disruption budget.";
    throw new StatusError(429, "TooManyRequests", message, { retryAfterSeconds: 10 });
  }
  remove(cluster, pods, namespace, name, { dryRun: options.dryRun ?? false });
}

export function targetNodeOf(binding: unknown): string {
  return textAt(objectAt(objectAt(binding)["target"])["name"]) ?? "";
}
