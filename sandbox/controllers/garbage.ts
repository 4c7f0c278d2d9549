import type { Cluster } from "../api/cluster.ts";
import type { JsonObject } from "../api/json.ts";
import { kindOf, kinds } from "../api/kinds.ts";
import type { KubeObject } from "../api/object.ts";
import type { Change } from "../api/store.ts";
import { ControllerClient } from "./client.ts";
import type { Running } from "./controller.ts";
import { WorkQueue } from "./queue.ts";

/** Who exists, and who names whom as its owner. */
class Graph {
  readonly objects = new Map<string, KubeObject>();
  readonly #dependents = new Map<string, Set<string>>();

  set(object: KubeObject): void {
    this.forget(object.metadata.uid);
    this.objects.set(object.metadata.uid, object);
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(uid) ?? new Set();
      this.#dependents.set(uid, dependents.add(object.metadata.uid));
    }
  }

  forget(uid: string): void {
    for (const owner of this.objects.get(uid)?.metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) this.#dependents.delete(owner.uid);
    }
    this.objects.delete(uid);
  }

  dependentsOf(uid: string): KubeObject[] {
    return [...(this.#dependents.get(uid) ?? [])].flatMap((dependent) => this.objects.get(dependent) ?? []);
  }
}

/** Deletes what has lost all its owners, and does the foreground and orphan ways of deleting an owner. */
export function runGarbageCollector(cluster: Cluster): Running {
  const client = new ControllerClient(cluster, "generic-garbage-collector");
  const graph = new Graph();
  const queue = new WorkQueue("garbage-collector", (uid) => {
    const object = graph.objects.get(uid);
    if (object !== undefined) collect(object, graph, client);
  });
  const note = ({ type, object }: Change): void => {
    const { uid, ownerReferences } = object.metadata;
    const dependents = type === "DELETED" ? graph.dependentsOf(uid) : [];
    if (type === "DELETED") graph.forget(uid);
    else graph.set(object);
    for (const dependent of dependents) queue.add(dependent.metadata.uid);
    if (needsCare(object)) queue.add(uid);
    // An owner may be waiting for this one.
    for (const owner of ownerReferences ?? []) queue.add(owner.uid);
  };
  const stops = kinds.map((kind) => client.watch(kind, note));
  for (const kind of kinds) client.listAny(kind).forEach((object) => graph.set(object));
  for (const [uid, object] of graph.objects) if (needsCare(object)) queue.add(uid);
  return {
    stop() {
      stops.forEach((stop) => stop());
      queue.stop();
    },
  };
}

function needsCare({ metadata }: KubeObject): boolean {
  return (metadata.ownerReferences?.length ?? 0) > 0 || metadata.deletionTimestamp !== undefined;
}

function collect(object: KubeObject, graph: Graph, client: ControllerClient): void {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined) return deleteOrphaned(object, graph, client);
  if (finalizers.includes("orphan")) {
    for (const dependent of graph.dependentsOf(object.metadata.uid)) disown(dependent, [object.metadata.uid], client);
    return release(object, "orphan", client);
  }
  if (!finalizers.includes("foregroundDeletion")) return;
  const dependents = graph.dependentsOf(object.metadata.uid);
  for (const dependent of dependents) {
    if (!isOnItsWay(dependent)) deleteOrphaned(dependent, graph, client);
  }
  if (!dependents.some((dependent) => holdsBack(dependent, object) && exists(dependent, client))) {
    release(object, "foregroundDeletion", client);
  }
}

function isOnItsWay({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function holdsBack({ metadata }: KubeObject, owner: KubeObject): boolean {
  const reference = metadata.ownerReferences?.find((ref) => ref.uid === owner.metadata.uid);
  return reference?.blockOwnerDeletion === true;
}

/** The graph learns of a deletion only once it is on disk; the store knows at once. */
function exists(object: KubeObject, client: ControllerClient): boolean {
  const kind = kindOf(object);
  if (kind === undefined) return false;
  const found = client.getAny(kind, object.metadata.namespace, object.metadata.name);
  return found?.metadata.uid === object.metadata.uid;
}

/** Deletes an object none of whose owners is there to stay; else drops its references to those that are gone. */
function deleteOrphaned(object: KubeObject, graph: Graph, client: ControllerClient): void {
  const references = object.metadata.ownerReferences ?? [];
  if (references.length === 0) return;
  const owners = references.map((reference) => ({ reference, state: stateOf(reference, object, graph) }));
  if (owners.some(({ state }) => state === "solid")) {
    const gone = owners.filter(({ state }) => state !== "solid").map(({ reference }) => reference.uid);
    if (gone.length > 0) disown(object, gone, client);
    return;
  }
  const waiting = owners.some(({ state }) => state === "waiting");
  const deep = waiting && graph.dependentsOf(object.metadata.uid).length > 0;
  client.delete(object, { propagationPolicy: deep ? "Foreground" : "Background" });
}

type Reference = NonNullable<KubeObject["metadata"]["ownerReferences"]>[number];

function stateOf(reference: Reference, object: KubeObject, graph: Graph): "solid" | "waiting" | "gone" {
  const owner = graph.objects.get(reference.uid);
  // Whether an owner of a kind that is not served exists cannot be known.
  if (owner === undefined) return kindOf(reference) === undefined ? "solid" : "gone";
  const { namespace } = owner.metadata;
  if (namespace !== undefined && namespace !== object.metadata.namespace) return "gone";
  const waits = isOnItsWay(owner) && (owner.metadata.finalizers?.includes("foregroundDeletion") ?? false);
  return waits ? "waiting" : "solid";
}

function disown(object: KubeObject, owners: string[], client: ControllerClient): void {
  const kind = kindOf(object)!;
  const live = client.getAny(kind, object.metadata.namespace, object.metadata.name);
  if (live === undefined || live.metadata.uid !== object.metadata.uid) return;
  const left = (live.metadata.ownerReferences ?? []).filter(({ uid }) => !owners.includes(uid));
  const body: JsonObject = { metadata: { ownerReferences: left.length === 0 ? null : left } };
  client.patch(live, body);
}

function release(object: KubeObject, finalizer: string, client: ControllerClient): void {
  const live = client.getAny(kindOf(object)!, object.metadata.namespace, object.metadata.name);
  if (live === undefined || live.metadata.uid !== object.metadata.uid) return;
  const left = (live.metadata.finalizers ?? []).filter((item) => item !== finalizer);
  client.patch(live, { metadata: { finalizers: left.length === 0 ? null : left } });
}
