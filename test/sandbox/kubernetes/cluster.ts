import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApiServer, type ApiServer } from "../../../sandbox/api/server.ts";
import { KubeClient } from "../../../sandbox/kubernetes/client.ts";
import { startGateway, type RunningGateway } from "../../../sandbox/gateway/gateway.ts";
import { startNode, type RunningNode } from "../../../sandbox/node/node.ts";

/** A sandbox cluster in this process, in a directory of its own. */
export class TestCluster {
  readonly directory: string;
  readonly client: KubeClient;
  api: ApiServer;
  readonly #stops: (() => Promise<void>)[] = [];

  private constructor(directory: string, api: ApiServer) {
    this.directory = directory;
    this.api = api;
    this.client = new KubeClient(join(directory, "kubeconfig"));
  }

  /** Where claims have their data. */
  get volumes(): string {
    return join(this.directory, "volumes");
  }

  static async start(): Promise<TestCluster> {
    const directory = await mkdtemp(join(tmpdir(), "teal-sandbox-"));
    return new TestCluster(directory, await startApiServer({ directory, port: 0, token: "token" }));
  }

  async node(nodeName = "sandbox-node"): Promise<RunningNode> {
    const node = await startNode(this.client, {
      nodeName,
      volumes: { directory: this.volumes, provisioner: this.client },
      kubelet: { token: "token" },
      log: () => undefined,
    });
    this.#stops.push(node.stop);
    return node;
  }

  async gateway(more: { tlsPort?: number } = {}): Promise<RunningGateway> {
    const gateway = await startGateway(this.client, {
      listen: "127.0.0.1",
      port: 0,
      adminPort: 0,
      controllerName: "teal.dev/gateway",
      log: () => undefined,
      ...more,
    });
    this.#stops.push(gateway.stop);
    return gateway;
  }

  /** Takes the API server away for `ms`; it comes back on another port. */
  async interrupt(ms: number): Promise<void> {
    await this.api.close();
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.api = await startApiServer({ directory: this.directory, port: 0, token: "token" });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
    await this.api.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}
