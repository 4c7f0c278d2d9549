/** What the operations of the provider share. */
import type { KubeClient, Unreachable } from "./client.ts";
import type { Discovery } from "./discovery.ts";

/** Settings of the provider; booleans come as JSON text. */
export interface Settings {
  readonly configMapsMutable: boolean;
  readonly secretsMutable: boolean;
  readonly patchForce: boolean;
  readonly upsert: boolean;
  /** Objects of a cluster that is away are taken for deleted. */
  readonly deleteUnreachable: boolean;
  /** Objects of a cluster that is away are left as state has them. */
  readonly skipUnreachable: boolean;
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
  /** Throws `Unreachable` where no kubeconfig leads to a cluster. */
  cluster(): Promise<Cluster>;
  /** Set once the cluster was found to be away: nothing waits for it again in this operation. */
  away: Unreachable | undefined;
  /** Whether kinds that the program defines live in namespaces, by group and kind. */
  readonly defined: Map<string, boolean>;
}
