import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { KubeClient } from "../kubernetes/client.ts";
import { messageOf } from "../kubernetes/failure.ts";
import { Events } from "./events.ts";
import { createKubelet, type KubeletAccess } from "./kubelet.ts";
import { Pods } from "./pods.ts";
import { register } from "./registration.ts";

export interface NodeOptions {
  nodeName: string;
  bindPods: boolean;
  kubelet: KubeletAccess;
  log: (message: string) => void;
}

export interface RunningNode {
  /** The kubelet port, on 127.0.0.1. */
  port: number;
  pods: Pods;
  stop: () => Promise<void>;
}

const stopGraceMs = 1000;

/** Registers the node and runs its pods in this process; resolves once it is known to the API as ready. */
export async function startNode(client: KubeClient, options: NodeOptions): Promise<RunningNode> {
  const { nodeName, log } = options;
  const stopping = new AbortController();
  const events = new Events(client, nodeName, () => pods.unwritten);
  const onTrouble = (what: string, error: unknown): void => {
    if (!stopping.signal.aborted) log(`${what}: ${messageOf(error)}`);
  };
  const pods: Pods = new Pods(client, { nodeName, bindPods: options.bindPods, events, onTrouble });
  const kubelet = createKubelet(pods, options.kubelet).listen(0, "127.0.0.1");
  await once(kubelet, "listening");
  const { port } = kubelet.address() as AddressInfo;
  await register(client, { nodeName, kubeletPort: port, onTrouble: log }, stopping.signal);
  await pods.start();
  return {
    port,
    pods,
    stop: async () => {
      stopping.abort();
      events.stop();
      kubelet.close();
      kubelet.closeAllConnections();
      await pods.stop(stopGraceMs);
    },
  };
}
