import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { KubeClient } from "../kubernetes/client.ts";
import { messageOf } from "../kubernetes/failure.ts";
import { Binder } from "./binder.ts";
import { Events } from "./events.ts";
import { createKubelet, type KubeletAccess } from "./kubelet.ts";
import { Pods } from "./pods.ts";
import { Provisioner } from "./provisioner.ts";
import { register } from "./registration.ts";

export interface NodeOptions {
  nodeName: string;
  /** With the identity of a scheduler, to bind pods where nothing else does. */
  scheduler?: KubeClient | undefined;
  /** Where claims get their directories, and who may give them; without it volumes are somebody else's to give. */
  volumes?: { directory: string; provisioner: KubeClient } | undefined;
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
  const pods: Pods = new Pods(client, { nodeName, events, onTrouble });
  const binder = options.scheduler && new Binder(options.scheduler, { nodeName, onTrouble });
  const { volumes } = options;
  const provisioner = volumes && new Provisioner(volumes.provisioner, { directory: volumes.directory, onTrouble });
  const kubelet = createKubelet(pods, options.kubelet).listen(0, "127.0.0.1");
  await once(kubelet, "listening");
  const { port } = kubelet.address() as AddressInfo;
  await register(client, { nodeName, kubeletPort: port, onTrouble: log }, stopping.signal);
  await provisioner?.start();
  await pods.start();
  await binder?.start();
  return {
    port,
    pods,
    stop: async () => {
      stopping.abort();
      binder?.stop();
      provisioner?.stop();
      events.stop();
      kubelet.close();
      kubelet.closeAllConnections();
      await pods.stop(stopGraceMs);
    },
  };
}
