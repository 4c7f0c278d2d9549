import { randomBytes } from "node:crypto";
import type { KubeClient } from "../kubernetes/client.ts";
import { claimProblem, type ScheduledClaim } from "../kubernetes/claims.ts";
import { unless } from "../kubernetes/failure.ts";
import { Informer } from "../kubernetes/informer.ts";
import { Outbox } from "../kubernetes/outbox.ts";
import { claimsOf, type Pod } from "../kubernetes/pods.ts";
import { keyOf } from "../kubernetes/types.ts";
import { pathOf } from "./pods.ts";

export interface BinderOptions {
  nodeName: string;
  onTrouble: (message: string, error: unknown) => void;
}

const retryMs = 250;

/** In the place of a scheduler, where there is none: binds every pod to the one node that there is. */
export class Binder {
  readonly #client: KubeClient;
  readonly #nodeName: string;
  readonly #unbound: Informer<Pod>;
  readonly #bindings: Outbox;
  /** Why pods were refused last, by uid. */
  readonly #refusals = new Map<string, string>();

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
      slim: ({ metadata: { name, namespace, uid, resourceVersion, deletionTimestamp }, spec: { volumes } }) =>
        ({
          metadata: { name, namespace, uid, resourceVersion, deletionTimestamp },
          spec: { containers: [], ...(volumes !== undefined && { volumes }) },
        }) as Pod,
      onSet: (pod) => this.#bindings.mark(keyOf(pod)),
      onDelete: (pod) => {
        this.#bindings.forget(keyOf(pod));
        this.#refusals.delete(pod.metadata.uid ?? "");
      },
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
    const lacking = await this.#claimProblem(pod);
    if (lacking !== undefined) {
      await this.#refuse(pod, `0/1 nodes are available: ${lacking}.`);
      this.#later(key);
      return;
    }
    const target = { apiVersion: "v1", kind: "Node", name: this.#nodeName };
    const binding = { apiVersion: "v1", kind: "Binding", metadata: { name, namespace, uid }, target };
    await unless([404, 409], this.#client.create(`${pathOf(key)}/binding`, binding));
  }

  async #claimProblem(pod: Pod): Promise<string | undefined> {
    const names = claimsOf(pod);
    const claims = new Map<string, ScheduledClaim | undefined>();
    for (const name of names) {
      const path = `/api/v1/namespaces/${pod.metadata.namespace}/persistentvolumeclaims/${name}`;
      claims.set(name, await unless([404], this.#client.get<ScheduledClaim>(path)));
    }
    return claimProblem(names, (name) => claims.get(name));
  }

  /** Says why the pod stays unbound, once for each reason. */
  async #refuse(pod: Pod, message: string): Promise<void> {
    const { name, namespace, uid } = pod.metadata;
    if (this.#refusals.get(uid ?? "") === message) return;
    this.#refusals.set(uid ?? "", message);
    const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const condition = {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message,
      lastTransitionTime: at,
    };
    const status = { metadata: { uid }, status: { conditions: [condition] } };
    await unless([404, 409], this.#client.patch(`${pathOf(keyOf(pod))}/status`, status));
    const event = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${name}.${randomBytes(8).toString("hex")}`, namespace },
      involvedObject: { apiVersion: "v1", kind: "Pod", name, namespace, uid },
      ...{ type: "Warning", reason: "FailedScheduling", message, count: 1, firstTimestamp: at, lastTimestamp: at },
      source: { component: "default-scheduler" },
    };
    await unless([403, 404, 409], this.#client.create(`/api/v1/namespaces/${namespace}/events`, event));
  }

  /** Claims are not watched here: a look now and then is enough for the few pods that come before theirs is bound. */
  #later(key: string): void {
    setTimeout(() => this.#bindings.mark(key), retryMs).unref();
  }
}
