import { TealError } from "../../model/errors.ts";
import type { KubeClient } from "../kubernetes/client.ts";
import { messageOf, unless } from "../kubernetes/failure.ts";
import { Informer } from "../kubernetes/informer.ts";
import { Outbox } from "../kubernetes/outbox.ts";
import type { Pod } from "../kubernetes/pods.ts";
import { keyOf } from "../kubernetes/types.ts";
import { Addresses } from "./addresses.ts";
import type { ReadTexts } from "./environment.ts";
import type { Events } from "./events.ts";
import { mountsOf } from "./mounts.ts";
import { PodRunner } from "./pod.ts";

export interface PodsOptions {
  nodeName: string;
  events: Events;
  onTrouble: (message: string, error: unknown) => void;
}

/** All pods of this node: follows what the API says of them, runs them, and tells the API how they are. */
export class Pods {
  readonly #client: KubeClient;
  readonly #options: PodsOptions;
  readonly #addresses = new Addresses();
  readonly #runners = new Map<string, PodRunner>();
  readonly #informer: Informer<Pod>;
  readonly #statuses: Outbox;
  readonly #removals: Outbox;

  constructor(client: KubeClient, options: PodsOptions) {
    this.#client = client;
    this.#options = options;
    const trouble = (what: string) => (key: string, error: unknown) => options.onTrouble(`${what} ${key}`, error);
    const outbox = (what: string, gatherMs: number, write: (key: string) => Promise<void>): Outbox =>
      new Outbox({ concurrency: 8, gatherMs, write, onTrouble: trouble(what) });
    // A pod that starts is ready a few ms later: one write says both.
    this.#statuses = outbox("status of", 15, (key) => this.#writeStatus(key));
    this.#removals = outbox("removal of", 0, (key) => this.#remove(key));
    this.#informer = new Informer<Pod>(client, {
      // A node has no business with the pods of others, and a real API server doesn't let it.
      path: `/api/v1/pods?fieldSelector=${encodeURIComponent(`spec.nodeName=${options.nodeName}`)}`,
      slim: withoutManagedFields,
      onSet: (pod) => this.#set(pod),
      onDelete: (pod) => this.#deleted(pod),
      onTrouble: (error) => options.onTrouble("pods", error),
    });
  }

  /** Resolves once every pod that the API has is being run. */
  start(): Promise<void> {
    return this.#informer.start();
  }

  async stop(graceMs: number): Promise<void> {
    this.#informer.stop();
    for (const outbox of [this.#statuses, this.#removals]) outbox.stop();
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop(graceMs)));
  }

  /** Statuses that the API hasn't been told yet. */
  get unwritten(): number {
    return this.#statuses.size;
  }

  get size(): number {
    return this.#runners.size;
  }

  get readyCount(): number {
    return [...this.#runners.values()].filter((runner) => [...runner.containers.values()].every((c) => c.ready)).length;
  }

  /** @param key `namespace/name` */
  get(key: string): PodRunner | undefined {
    return this.#runners.get(key);
  }

  #set(pod: Pod): void {
    const key = keyOf(pod);
    const runner = this.#runners.get(key);
    if (runner !== undefined) runner.update(pod);
    else if (pod.metadata.deletionTimestamp !== undefined) this.#removals.mark(key);
    else if (pod.status?.phase !== "Succeeded" && pod.status?.phase !== "Failed") this.#run(key, pod);
  }

  #run(key: string, pod: Pod): void {
    const runner = new PodRunner(pod, {
      addresses: this.#addresses,
      read: this.#reader(pod.metadata.namespace ?? "default"),
      mount: (container, runner) => mountsOf(container, runner, this.#client),
      onChange: () => this.#statuses.mark(key),
      onGone: () => this.#removals.mark(key),
      event: (type, reason, message) => this.#options.events.record(runner.pod, type, reason, message),
    });
    this.#runners.set(key, runner);
    runner.start();
  }

  #deleted(pod: Pod): void {
    const key = keyOf(pod);
    this.#runners.get(key)?.kill();
    this.#runners.delete(key);
    for (const outbox of [this.#statuses, this.#removals]) outbox.forget(key);
    this.#options.events.forget(pod);
  }

  #reader(namespace: string): ReadTexts {
    return async (kind, name) => {
      const path = `/api/v1/namespaces/${namespace}/${kind}/${name}`;
      const found = await unless([404], this.#client.get<{ data?: Record<string, string> }>(path)).catch(
        (error: unknown) => {
          // An API server that is away, or hasn't seen yet that this pod is ours, says so later: as the kubelet has it.
          throw new TealError("container_config", `failed to read ${kind} "${name}": ${messageOf(error)}`, {
            cause: error,
          });
        },
      );
      const texts = found?.data ?? (found && {});
      if (kind === "configmaps" || texts === undefined) return texts;
      return Object.fromEntries(
        Object.entries(texts).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
      );
    };
  }

  /** The uid keeps a write from reaching another pod of the same name (409); a pod that is gone needs none (404). */
  async #writeStatus(key: string): Promise<void> {
    const runner = this.#runners.get(key);
    if (runner === undefined) return;
    const { uid } = runner.pod.metadata;
    const body = { metadata: { uid }, status: runner.status() };
    await unless([404, 409], this.#client.patch(`${pathOf(key)}/status`, body));
  }

  async #remove(key: string): Promise<void> {
    const pod = this.#informer.get(key);
    if (pod?.metadata.deletionTimestamp === undefined) return;
    const preconditions = { uid: pod.metadata.uid };
    await unless([404, 409], this.#client.delete(pathOf(key), { gracePeriodSeconds: 0, preconditions }));
  }
}

/** @param key `namespace/name` */
export function pathOf(key: string): string {
  const [namespace, name] = key.split("/");
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

function withoutManagedFields(pod: Pod): Pod {
  const { managedFields: _, ...metadata } = pod.metadata as Pod["metadata"] & { managedFields?: unknown };
  return { ...pod, metadata };
}
