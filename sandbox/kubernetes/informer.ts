import { setTimeout as sleep } from "node:timers/promises";
import type { KubeClient, WatchEvent } from "./client.ts";
import { KubeError } from "./failure.ts";
import { keyOf, type KubeObject } from "./types.ts";

export interface InformerOptions<T extends KubeObject> {
  /** Collection to list and watch, over all namespaces: `/api/v1/pods`, with `?fieldSelector=…` where not all of it. */
  path: string;
  /** A new or changed object. A watch tells every change in order; a re-list tells only where things ended up. */
  onSet: (object: T, previous: T | undefined) => void;
  onDelete: (object: T) => void;
  /** Keeps only what is needed of an object, so that thousands fit in memory. */
  slim?: (object: T) => T;
  onTrouble?: (error: unknown) => void;
}

interface List<T> {
  metadata: { resourceVersion: string };
  items: T[];
}

const firstDelayMs = 50;
const longestDelayMs = 1000;

/**
 * Keeps a copy of one collection by list and watch, for as long as it runs. When the API server goes away the copy
 * stays as it is, and nothing is told as deleted until a complete list says so. It watches on from the last version
 * it saw, and lists again where the server no longer knows that version (410).
 *
 * Why not client-node's: that one stops at the first connection error, and its list goes through a slow serializer.
 */
export class Informer<T extends KubeObject> {
  readonly #client: KubeClient;
  readonly #options: InformerOptions<T>;
  readonly #objects = new Map<string, T>();
  readonly #stop = new AbortController();
  readonly #synced = Promise.withResolvers<undefined>();
  #version = "";
  #connected = false;

  constructor(client: KubeClient, options: InformerOptions<T>) {
    this.#client = client;
    this.#options = options;
  }

  /** Begins; resolves after the first complete list has been told, however long the API server takes to come. */
  async start(): Promise<void> {
    void this.#run();
    return this.#synced.promise;
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Whether a list or a watch worked last. */
  get connected(): boolean {
    return this.#connected;
  }

  /** @param key `namespace/name`, or the name of what lives in no namespace */
  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  values(): MapIterator<T> {
    return this.#objects.values();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let delay = firstDelayMs;
    while (!signal.aborted) {
      const began = Date.now();
      try {
        if (this.#version === "") await this.#list();
        this.#connected = true;
        await this.#client.watch<T>(this.#options.path, this.#version, (event) => this.#take(event), signal);
        delay = firstDelayMs;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof KubeError && error.status !== 0) this.#version = "";
        const gone = error instanceof KubeError && error.status === 410;
        if (!gone) {
          this.#connected = false;
          this.#options.onTrouble?.(error);
        }
        delay = Date.now() - began > longestDelayMs || gone ? firstDelayMs : Math.min(delay * 2, longestDelayMs);
      }
      // Jittered, so that many watchers don't come back in the same instant.
      await sleep(delay * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }

  async #list(): Promise<void> {
    const list = await this.#client.get<List<T>>(this.#options.path);
    const seen = new Set<string>();
    for (const item of list.items) {
      seen.add(keyOf(item));
      this.#set(item);
    }
    for (const [key, object] of this.#objects) if (!seen.has(key)) this.#remove(key, object);
    this.#version = list.metadata.resourceVersion;
    this.#synced.resolve(undefined);
  }

  #take(event: WatchEvent<T>): void {
    switch (event.type) {
      case "ADDED":
      case "MODIFIED":
        this.#set(event.object);
        break;
      case "DELETED":
        this.#remove(keyOf(event.object), event.object);
        break;
      case "ERROR": {
        const { code = 500, message = "" } = event.object as unknown as { code?: number; message?: string };
        throw new KubeError(code, `Watching ${this.#options.path} ended: ${message}`);
      }
      case "BOOKMARK":
        break;
    }
    this.#version = event.object.metadata.resourceVersion ?? this.#version;
  }

  #set(given: T): void {
    const key = keyOf(given);
    const previous = this.#objects.get(key);
    if (previous?.metadata.resourceVersion === given.metadata.resourceVersion && previous !== undefined) return;
    const object = this.#options.slim?.(given) ?? given;
    this.#objects.set(key, object);
    // Another object of the same name: the one before was deleted while nobody watched.
    if (previous !== undefined && previous.metadata.uid !== object.metadata.uid) {
      this.#options.onDelete(previous);
      this.#options.onSet(object, undefined);
    } else this.#options.onSet(object, previous);
  }

  #remove(key: string, object: T): void {
    if (!this.#objects.delete(key)) return;
    this.#options.onDelete(object);
  }
}
