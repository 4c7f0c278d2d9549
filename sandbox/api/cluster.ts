import { ClusterAddresses } from "./addresses.ts";
import { type Kind, kindNamed, resourceOf } from "./kinds.ts";
import type { Writer } from "./managed.ts";
import type { KubeObject } from "./object.ts";
import { notFound } from "./status.ts";
import { Store } from "./store.ts";

/** What the operations of the API work on. They are synchronous, so each is a transaction; the disk follows. */
export interface Cluster {
  store: Store;
  addresses: ClusterAddresses;
}

export interface WriteOptions extends Writer {
  /** Answer as if it were done, and do nothing. */
  dryRun?: boolean;
}

export async function openCluster(directory: string): Promise<Cluster> {
  const store = await Store.open(directory);
  return { store, addresses: new ClusterAddresses(store.list("services")) };
}

/** @throws StatusError 404 when there is no such object. */
export function existing(cluster: Cluster, kind: Kind, namespace: string | undefined, name: string): KubeObject {
  const found = cluster.store.get(resourceOf(kind), namespace, name);
  if (found === undefined) throw notFound(kind, name);
  return found;
}

/** Stores an object, and keeps the book of addresses with it. */
export function save(cluster: Cluster, kind: Kind, object: KubeObject): KubeObject {
  if (kind === service) cluster.addresses.hold(object);
  return cluster.store.put(resourceOf(kind), object);
}

export function erase(cluster: Cluster, kind: Kind, object: KubeObject): void {
  if (kind === service) cluster.addresses.release(object);
  cluster.store.remove(resourceOf(kind), object);
}

const service = kindNamed("Service");
