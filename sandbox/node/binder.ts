import type { KubeClient } from "../kubernetes/client.ts";
import { unless } from "../kubernetes/failure.ts";
import { Informer } from "../kubernetes/informer.ts";
import { Outbox } from "../kubernetes/outbox.ts";
import type { Pod } from "../kubernetes/pods.ts";
import { keyOf } from "../kubernetes/types.ts";
import { pathOf } from "./pods.ts";

export interface BinderOptions {
  nodeName: string;
  onTrouble: (message: string, error: unknown) => void;
}

/** In the place of a scheduler, where there is none: binds every pod to the one node that there is. */
export class Binder {
  readonly #client: KubeClient;
  readonly #nodeName: string;
  readonly #unbound: Informer<Pod>;
  readonly #bindings: Outbox;

  /** @param client of a scheduler's identity: nodes may not bind */
  constructor(client: KubeClient, { nodeName, onTrouble }: BinderOptions) {
    this.#client = client;
    this.#nodeName = nodeName;
    this.#bindings = new Outbox({
      concurrency: 8,
      gatherMs: 0,
      write: (key) => this.#bind(key),
      onTrouble: (key, error) => onTrouble(`binding of ${key}`, error),
    });
    this.#unbound = new Informer<Pod>(client, {
      path: `/api/v1/pods?fieldSelector=${encodeURIComponent("spec.nodeName=")}`,
      slim: ({ metadata: { name, namespace, uid, resourceVersion, deletionTimestamp } }) =>
        ({ metadata: { name, namespace, uid, resourceVersion, deletionTimestamp }, spec: { containers: [] } }) as Pod,
      onSet: (pod) => this.#bindings.mark(keyOf(pod)),
      onDelete: (pod) => this.#bindings.forget(keyOf(pod)),
      onTrouble: (error) => onTrouble("unbound pods", error),
    });
  }

  start(): Promise<void> {
    return this.#unbound.start();
  }

  stop(): void {
    this.#unbound.stop();
    this.#bindings.stop();
  }

  async #bind(key: string): Promise<void> {
    const pod = this.#unbound.get(key);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return;
    const { name, namespace, uid } = pod.metadata;
    const target = { apiVersion: "v1", kind: "Node", name: this.#nodeName };
    const binding = { apiVersion: "v1", kind: "Binding", metadata: { name, namespace, uid }, target };
    await unless([404, 409], this.#client.create(`${pathOf(key)}/binding`, binding));
  }
}
