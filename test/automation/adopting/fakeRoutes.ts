import assert from "node:assert/strict";
import { ApiException } from "@kubernetes/client-node";
import type { Cluster } from "../../../automation/probes/cluster.ts";

/** The Gateway that the routes are attached to. */
export const gateway = { name: "teal", namespace: "teal-system" };

interface Route {
  metadata: { name: string; namespace: string; uid: string; resourceVersion: string; creationTimestamp: string };
  spec: { parentRefs: object[]; hostnames: string[]; rules: object[] };
}
interface Asked {
  name: string;
  body: { preconditions?: { uid: string; resourceVersion: string } } & Partial<Route>;
}

/** HTTPRoutes of namespace shop as an API server keeps them. Once `left` is 0 the next writing is the last thing that its caller lives to see. */
export class Routes {
  readonly routes = new Map<string, Route>();
  left = Infinity;
  #version = 1;

  constructor(hostnames: Record<string, string[]>) {
    for (const [name, names] of Object.entries(hostnames)) this.#put(name, names);
  }

  #put(name: string, hostnames: string[]): void {
    const version = String(this.#version++);
    this.routes.set(name, {
      metadata: {
        name,
        namespace: "shop",
        uid: name,
        resourceVersion: version,
        creationTimestamp: "2026-01-01T00:00:00Z",
      },
      spec: { parentRefs: [gateway], hostnames, rules: [{ backendRefs: [{ name: "shop", port: 80 }] }] },
    });
  }

  get hostnames(): Record<string, string[]> {
    return Object.fromEntries([...this.routes].map(([name, { spec }]) => [name, spec.hostnames.toSorted()]));
  }

  #written(): void {
    if (this.left-- <= 0) throw new Error("a crash");
  }

  #found(name: string, { uid, resourceVersion }: { uid?: string; resourceVersion?: string } = {}): Route {
    const found = this.routes.get(name);
    if (!found) throw new ApiException(404, "not found", {}, {});
    const { metadata } = found;
    if (uid !== undefined && (uid !== metadata.uid || resourceVersion !== metadata.resourceVersion))
      throw new ApiException(409, "conflict", {}, {});
    return found;
  }

  readonly cluster = {
    custom: {
      listNamespacedCustomObject: async () => ({ items: [...this.routes.values()] }),
      // The tenant's own is in force at once, as are those of the namespace.
      getNamespacedCustomObject: async ({ name }: Asked) => ({
        ...(name === "app" ? { metadata: {} } : this.#found(name)),
        status: { parents: [{ conditions: [{ type: "Accepted", status: "True" }] }] },
      }),
      deleteNamespacedCustomObject: async ({ name, body }: Asked) => {
        this.#found(name, body.preconditions);
        this.routes.delete(name);
        this.#written();
      },
      patchNamespacedCustomObject: async ({ name, body }: Asked) => {
        this.#found(name, body.metadata);
        this.#put(name, body.spec!.hostnames);
        this.#written();
      },
      createNamespacedCustomObject: async ({ body }: Asked) => {
        const { name } = body.metadata!;
        assert.deepEqual(Object.keys(body.metadata!).sort(), ["name", "namespace"]);
        this.#put(name, body.spec!.hostnames);
        this.#written();
      },
    },
  } as unknown as Cluster;
}
