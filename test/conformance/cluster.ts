/** The cluster behind the engine's back: what scenarios change there, and what is looked at after a step. */
import { readFile } from "node:fs/promises";
import { KubeConfig, KubernetesObjectApi, PatchStrategy, type KubernetesObject } from "@kubernetes/client-node";

export type LiveObject = KubernetesObject & Record<string, unknown>;

export class Cluster {
  /** Content of the kubeconfig. */
  readonly kubeconfig: string;
  readonly namespace: string;
  readonly #api: KubernetesObjectApi;

  private constructor(kubeconfig: string, namespace: string) {
    const config = new KubeConfig();
    config.loadFromString(kubeconfig);
    this.kubeconfig = kubeconfig;
    this.namespace = namespace;
    this.#api = KubernetesObjectApi.makeApiClient(config);
  }

  /** Opens the cluster of a kubeconfig file and makes the namespace there. */
  static async open(kubeconfig: string, namespace: string): Promise<Cluster> {
    const cluster = new Cluster(await readFile(kubeconfig, "utf8"), namespace);
    await cluster.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    return cluster;
  }

  /** Does not wait until the namespace is gone. */
  async close(): Promise<void> {
    await this.#api.delete({ apiVersion: "v1", kind: "Namespace", metadata: { name: this.namespace } });
  }

  async create(object: LiveObject): Promise<void> {
    await this.#api.create(this.#placed(object));
  }

  async delete(kind: string, name: string): Promise<void> {
    await this.#api.delete(this.#named(kind, name));
  }

  /** Merges `change` into the object, as somebody else than Pulumi. */
  async patch(kind: string, name: string, change: Record<string, unknown>): Promise<void> {
    const object = { ...this.#named(kind, name), ...change };
    await this.#api.patch(object, undefined, undefined, "somebody", undefined, PatchStrategy.MergePatch);
  }

  /** Names of the namespace's objects of a kind, without those that the cluster itself makes there. */
  async names(kind: string): Promise<string[]> {
    const { apiVersion } = this.#named(kind, "");
    const list = await this.#api.list(apiVersion, kind, this.namespace);
    const names = list.items.map((item) => item.metadata?.name ?? "");
    return names.filter((name) => name !== "kube-root-ca.crt" && name !== "default").sort();
  }

  async get(kind: string, name: string): Promise<LiveObject | null> {
    try {
      // As plain data: the client makes instances of classes.
      return JSON.parse(JSON.stringify(await this.#api.read(this.#named(kind, name)))) as LiveObject;
    } catch (error) {
      if ((error as { code?: number }).code === 404) return null;
      throw error;
    }
  }

  #named(kind: string, name: string) {
    const apiVersion = kind === "Deployment" ? "apps/v1" : "v1";
    return { apiVersion, kind, metadata: { name, namespace: this.namespace } };
  }

  #placed(object: LiveObject): LiveObject {
    if (object.kind === "Namespace") return object;
    return { ...object, metadata: { ...object.metadata, namespace: this.namespace } };
  }
}
