import { setTimeout as sleep } from "node:timers/promises";
import type { Json, TestServer } from "../api/harness.ts";

/** A node that only says what a real one would say about its pods: image `…:never` is never ready, `…:fail` ends badly. */
export class FakeKubelet {
  readonly #server: TestServer;
  readonly name: string;
  /** Pods that it may end; the others wait. */
  mayEnd: (pod: Json) => boolean = () => true;
  #stopped = false;
  #running: Promise<void>;

  private constructor(server: TestServer, name: string) {
    this.#server = server;
    this.name = name;
    this.#running = this.#run();
  }

  static async start(server: TestServer, name = "node-1"): Promise<FakeKubelet> {
    await server.post("/api/v1/nodes", {
      metadata: { name },
      status: { conditions: [{ type: "Ready", status: "True" }], allocatable: { pods: "50" } },
    });
    return new FakeKubelet(server, name);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const { items } = await this.#server.get(`/api/v1/pods?fieldSelector=spec.nodeName%3D${this.name}`);
      for (const pod of items) await this.#look(pod);
      await sleep(10);
    }
  }

  async #look(pod: Json): Promise<void> {
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
    if (pod.metadata.deletionTimestamp !== undefined) {
      if (this.mayEnd(pod)) await this.#server.call("DELETE", path, { gracePeriodSeconds: 0 });
    } else if (pod.status.phase === "Pending") {
      const { merge } = { merge: "application/merge-patch+json" };
      await this.#server.call("PATCH", `${path}/status`, { status: statusOf(pod) }, { "content-type": merge });
    }
  }
}

function statusOf(pod: Json): Json {
  const image: string = pod.spec.containers[0].image;
  if (image.endsWith(":fail")) return { phase: "Failed" };
  if (image.endsWith(":done")) return { phase: "Succeeded" };
  const ready = image.endsWith(":never") ? "False" : "True";
  return {
    phase: "Running",
    podIP: "127.1.2.3",
    conditions: [{ type: "Ready", status: ready, lastTransitionTime: new Date().toISOString() }],
    containerStatuses: [
      { name: "web", ready: ready === "True", restartCount: 0, image, imageID: "", state: { running: {} } },
    ],
  };
}
