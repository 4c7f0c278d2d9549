/** Which kinds an API server has, by asking it. */
import { isObject, versionOf, groupOf } from "./object.ts";
import { ApiError, type KubeClient } from "./client.ts";

export interface Kind {
  readonly plural: string;
  readonly namespaced: boolean;
  /** `/api/v1` or `/apis/<group>/<version>`. */
  readonly root: string;
}

export class Discovery {
  readonly #client: KubeClient;
  readonly #groups = new Map<string, Promise<ReadonlyMap<string, Kind>>>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** The kind, or undefined if the server has none such. What was found is remembered; what was not is asked again. */
  async find(apiVersion: string, kind: string): Promise<Kind | undefined> {
    let kinds = this.#groups.get(apiVersion);
    if (!kinds) {
      kinds = this.#ask(apiVersion);
      this.#groups.set(apiVersion, kinds);
      kinds.catch(() => this.#groups.delete(apiVersion));
    }
    const found = (await kinds).get(kind);
    if (!found) this.#groups.delete(apiVersion);
    return found;
  }

  /** The next question for a kind of this apiVersion goes to the server. */
  forget(apiVersion: string): void {
    this.#groups.delete(apiVersion);
  }

  async #ask(apiVersion: string): Promise<ReadonlyMap<string, Kind>> {
    const root = groupOf(apiVersion) === "" ? `/api/${versionOf(apiVersion)}` : `/apis/${apiVersion}`;
    const kinds = new Map<string, Kind>();
    try {
      const { body } = await this.#client.request({ method: "GET", path: root });
      for (const resource of Array.isArray(body["resources"]) ? body["resources"].filter(isObject) : []) {
        const name = String(resource["name"]);
        if (!name.includes("/"))
          kinds.set(String(resource["kind"]), { plural: name, namespaced: resource["namespaced"] === true, root });
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 404) throw error;
    }
    return kinds;
  }
}

/** Where an object of the kind lies; without a name, where they all do. */
export function pathOf(kind: Kind, namespace: string, name?: string): string {
  const parts = [kind.root, ...(kind.namespaced ? ["namespaces", encodeURIComponent(namespace)] : []), kind.plural];
  return [...parts, ...(name === undefined ? [] : [encodeURIComponent(name)])].join("/");
}
