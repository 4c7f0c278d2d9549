import { type Cluster } from "../api/cluster.ts";
import { create, randomSuffix } from "../api/create.ts";
import { type DeleteOptions, remove } from "../api/delete.ts";
import { isObject, type JsonObject } from "../api/json.ts";
import { type Kind, kindNamed, resourceOf } from "../api/kinds.ts";
import { patch, patchTypes } from "../api/patch.ts";
import { type KubeObject, timestamp } from "../api/object.ts";
import { StatusError } from "../api/status.ts";
import type { Change } from "../api/store.ts";
import { bind } from "../api/subresources.ts";
import { replace } from "../api/update.ts";
import type { ObjectOf } from "./objects.ts";

type Name = keyof ObjectOf;

/** What controllers may do: the same operations as a client over HTTP, in the same process. Reads show the latest state. */
export class ControllerClient {
  readonly #cluster: Cluster;
  readonly #manager: string;

  constructor(cluster: Cluster, manager: string) {
    this.#cluster = cluster;
    this.#manager = manager;
  }

  get<K extends Name>(kind: K, namespace: string | undefined, name: string): ObjectOf[K] | undefined {
    return this.#cluster.store.get(resourceOf(kindNamed(kind)), namespace, name) as ObjectOf[K] | undefined;
  }

  list<K extends Name>(kind: K, namespace?: string): ObjectOf[K][] {
    return this.#cluster.store.list(resourceOf(kindNamed(kind)), namespace) as ObjectOf[K][];
  }

  /** Objects of any kind, for the controllers that look after all of them. */
  listAny(kind: Kind, namespace?: string): KubeObject[] {
    return this.#cluster.store.list(resourceOf(kind), namespace);
  }

  getAny(kind: Kind, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#cluster.store.get(resourceOf(kind), namespace, name);
  }

  create<K extends Name>(kind: K, namespace: string | undefined, body: object): ObjectOf[K] {
    return create(this.#cluster, kindNamed(kind), namespace, body, { manager: this.#manager }) as ObjectOf[K];
  }

  /** Merges a patch into an object; into its status with `subresource`. */
  patch(object: KubeObject, body: JsonObject): void {
    const { name, namespace } = object.metadata;
    const kind = kindNamed(object.kind);
    patch(this.#cluster, kind, namespace, name, patchTypes.merge, body, { manager: this.#manager });
  }

  setStatus(object: KubeObject, status: object): void {
    const live = this.getAny(kindNamed(object.kind), object.metadata.namespace, object.metadata.name);
    if (live === undefined || live.metadata.uid !== object.metadata.uid) return;
    const next = { ...live, metadata: { ...live.metadata }, status };
    const options = { manager: this.#manager, subresource: "status" } as const;
    replace(this.#cluster, kindNamed(object.kind), live, next, options);
  }

  /** Deletes an object. That it is gone already is fine. */
  delete(object: KubeObject, options: DeleteOptions = { propagationPolicy: "Background" }): void {
    const { name, namespace, uid } = object.metadata;
    try {
      remove(this.#cluster, kindNamed(object.kind), namespace, name, { ...options, preconditions: { uid } });
    } catch (error) {
      if (!(error instanceof StatusError) || ![404, 409].includes(error.status)) throw error;
    }
  }

  bind(pod: KubeObject, node: string): void {
    bind(this.#cluster, pod.metadata.namespace!, pod.metadata.name, node, { manager: this.#manager });
  }

  /** Tells people what happened to an object (`kubectl describe`). */
  event(about: KubeObject, type: "Normal" | "Warning", reason: string, message: string): void {
    const { name, namespace = "default", uid, resourceVersion } = about.metadata;
    const now = timestamp();
    const involvedObject = { kind: about.kind, apiVersion: about.apiVersion, name, namespace, uid, resourceVersion };
    const event = {
      metadata: { name: `${name}.${Date.now().toString(16)}${randomSuffix()}` },
      ...{ involvedObject, reason, message, type, count: 1, firstTimestamp: now, lastTimestamp: now },
      source: { component: this.#manager },
      reportingComponent: this.#manager,
      reportingInstance: "",
    };
    try {
      this.create("Event", namespace, event);
    } catch (error) {
      // An event about something in a namespace that is going away has no place to be.
      if (!(error instanceof StatusError)) throw error;
    }
  }

  watch(kind: Kind, listener: (change: Change) => void): () => void {
    return this.#cluster.store.subscribe(resourceOf(kind), listener);
  }
}

export function isGone(object: KubeObject): boolean {
  return isObject(object.metadata) && object.metadata.deletionTimestamp !== undefined;
}
