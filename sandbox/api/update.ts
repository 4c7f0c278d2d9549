import { type Cluster, erase, existing, save, type WriteOptions } from "./cluster.ts";
import { setDefaults } from "./defaults.ts";
import { incoming } from "./incoming.ts";
import { isObject, type JsonObject, objectAt, sameJson } from "./json.ts";
import type { Kind } from "./kinds.ts";
import { tracked } from "./managed.ts";
import type { KubeObject, ManagedFieldsEntry, Metadata } from "./object.ts";
import { badRequest, conflict, modifiedMeanwhile, versionRequired } from "./status.ts";
import { validate } from "./validate.ts";

/** Replaces an object (PUT). */
export function update(
  cluster: Cluster,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  body: unknown,
  options: WriteOptions,
): KubeObject {
  const next = incoming(kind, namespace, body);
  const given = objectAt(next["metadata"])["name"] ?? "";
  if (given !== name) {
    throw badRequest(`the name of the object (${String(given)}) does not match the name on the URL (${name})`);
  }
  const live = existing(cluster, kind, namespace, name);
  if (kind.custom && !objectAt(next["metadata"])["resourceVersion"]) throw versionRequired(kind, name);
  return replace(cluster, kind, live, next, options);
}

/**
 * Puts `next` in the place of `live`: only its status through the status subresource, all but its status otherwise. What
 * the API server keeps (identity, generation, times) stays. The last finalizer gone, an object being deleted goes too.
 *
 * @throws StatusError 409 when `next` was made from another version of it, 422 when it may not become so.
 */
export function replace(
  cluster: Cluster,
  kind: Kind,
  live: KubeObject,
  next: JsonObject,
  options: WriteOptions,
  managedFields?: ManagedFieldsEntry[],
): KubeObject {
  refuseStale(kind, live, objectAt(next["metadata"]));
  const object = options.subresource === "status" ? withStatus(live, next) : withoutStatus(kind, live, next);
  if (options.subresource !== "status") {
    keepAllocated(kind, live, object);
    setDefaults(object);
    validate(kind, object, live);
    if (kind.generation && !sameDesire(live, object)) {
      object.metadata.generation = (live.metadata.generation ?? 0) + 1;
    }
  }
  object.metadata.managedFields = managedFields ?? tracked(kind, live, object, options);
  return commit(cluster, kind, live, object, options.dryRun ?? false);
}

/** Stores a changed object, unless nothing changed; or removes it when nothing holds it back any more. */
export function commit(cluster: Cluster, kind: Kind, live: KubeObject, next: KubeObject, dryRun: boolean): KubeObject {
  if (sameJson(live, next)) return live;
  if (dryRun) return next;
  if (isReleased(next)) {
    erase(cluster, kind, next);
    return next;
  }
  return save(cluster, kind, next);
}

function isReleased({ metadata, kind, spec }: KubeObject): boolean {
  if (metadata.deletionTimestamp === undefined || (metadata.finalizers?.length ?? 0) > 0) return false;
  if (kind !== "Namespace") return metadata.deletionGracePeriodSeconds === 0;
  const holding = objectAt(spec)["finalizers"];
  return !Array.isArray(holding) || holding.length === 0;
}

function refuseStale(kind: Kind, live: KubeObject, sent: JsonObject): void {
  const { uid, resourceVersion } = sent;
  if (uid !== undefined && uid !== "" && uid !== live.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${String(uid)}, UID in object meta: ${live.metadata.uid}`;
    throw conflict(kind, live.metadata.name, why);
  }
  if (resourceVersion !== undefined && resourceVersion !== "" && resourceVersion !== live.metadata.resourceVersion) {
    throw conflict(kind, live.metadata.name, modifiedMeanwhile);
  }
}

function withStatus(live: KubeObject, next: JsonObject): KubeObject {
  const { status: _, ...rest } = live;
  const object: KubeObject = { ...rest, metadata: { ...live.metadata } } as KubeObject;
  if (isObject(next["status"])) object["status"] = next["status"];
  return object;
}

function withoutStatus(kind: Kind, live: KubeObject, next: JsonObject): KubeObject {
  const object = { ...next, metadata: keptMetadata(live, objectAt(next["metadata"])) } as KubeObject;
  if (!kind.subresources.includes("status")) return object;
  delete object["status"];
  if (live["status"] !== undefined) object["status"] = live["status"];
  return object;
}

function keptMetadata(live: KubeObject, sent: JsonObject): Metadata {
  const { selfLink: _, deletionTimestamp: __, deletionGracePeriodSeconds: ___, generation: ____, ...own } = sent;
  const { name, namespace, uid, resourceVersion, creationTimestamp, generation } = live.metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = live.metadata;
  return {
    ...own,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid,
    resourceVersion,
    creationTimestamp,
    ...(generation === undefined ? {} : { generation }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined ? {} : { deletionGracePeriodSeconds }),
  };
}

/** What the API server chose at birth stays when a client leaves it out. */
function keepAllocated(kind: Kind, live: KubeObject, next: KubeObject): void {
  const [before, spec] = [objectAt(live["spec"]), objectAt(next["spec"])];
  if (kind.kind === "Service" && spec["type"] !== "ExternalName") {
    spec["clusterIP"] ??= before["clusterIP"];
    spec["clusterIPs"] ??= before["clusterIPs"];
  }
  if (kind.kind === "Namespace") next["spec"] = { ...spec, finalizers: before["finalizers"] };
  if (kind.kind === "Job") spec["selector"] ??= before["selector"];
}

function sameDesire(a: KubeObject, b: KubeObject): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => key === "metadata" || key === "status" || sameJson(a[key], b[key]));
}
