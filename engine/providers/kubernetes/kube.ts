/** What the operations of the provider share. */
import type { KubeClient } from "./client.ts";
import type { Discovery } from "./discovery.ts";

/** Settings of the provider; booleans come as JSON text. */
export interface Settings {
  readonly configMapsMutable: boolean;
  readonly secretsMutable: boolean;
  readonly patchForce: boolean;
  readonly upsert: boolean;
  /** Namespace for objects that name none; empty leaves it to the context. */
  readonly namespace: string;
}

export interface Cluster {
  readonly client: KubeClient;
  readonly discovery: Discovery;
}

/** What each operation of the provider works with. */
export interface Kube {
  readonly settings: Settings;
  cluster(): Promise<Cluster>;
}
