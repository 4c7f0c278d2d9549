import { setTimeout as sleep } from "node:timers/promises";
import type { KubeClient } from "../kubernetes/client.ts";
import { messageOf, unless } from "../kubernetes/failure.ts";

export interface Registration {
  nodeName: string;
  kubeletPort: number;
  onTrouble: (message: string) => void;
}

const renewEveryMs = 10_000;
const leaseSeconds = 40;
const retryMs = 500;

/**
 * Makes the node known as ready, and keeps it so: its Lease is renewed every 10 s, and its status told again each
 * time, as a controller marks a node that was silent for long as unknown. Resolves after the first time.
 */
export async function register(client: KubeClient, registration: Registration, signal: AbortSignal): Promise<void> {
  const registered = Promise.withResolvers<undefined>();
  const keep = async (): Promise<void> => {
    while (!signal.aborted) {
      let delay = renewEveryMs;
      try {
        await tellNode(client, registration);
        await renewLease(client, registration.nodeName);
        registered.resolve(undefined);
      } catch (error) {
        registration.onTrouble(messageOf(error));
        delay = retryMs;
      }
      await sleep(delay, undefined, { signal }).catch(() => undefined);
    }
  };
  void keep();
  return registered.promise;
}

async function tellNode(client: KubeClient, { nodeName, kubeletPort }: Registration): Promise<void> {
  const path = `/api/v1/nodes/${nodeName}`;
  const status = { status: nodeStatus(nodeName, kubeletPort) };
  if ((await unless([404], client.patch(`${path}/status`, status))) !== undefined) return;
  const labels = { "kubernetes.io/hostname": nodeName, "kubernetes.io/os": "linux", "teal.dev/sandbox": "true" };
  await unless(
    [409],
    client.create("/api/v1/nodes", { apiVersion: "v1", kind: "Node", metadata: { name: nodeName, labels } }),
  );
  await client.patch(`${path}/status`, status);
}

function nodeStatus(nodeName: string, kubeletPort: number): object {
  const resources = { cpu: "1000", memory: "4Ti", pods: "10000", "ephemeral-storage": "4Ti" };
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  return {
    capacity: resources,
    allocatable: resources,
    conditions: [
      {
        type: "Ready",
        status: "True",
        reason: "KubeletReady",
        message: "the sandbox's node is ready",
        lastHeartbeatTime: now,
        lastTransitionTime: startedAt,
      },
    ],
    addresses: [
      { type: "InternalIP", address: "127.0.0.1" },
      { type: "Hostname", address: nodeName },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
    nodeInfo: {
      architecture: "amd64",
      bootID: "",
      containerRuntimeVersion: "sandbox://1",
      kernelVersion: "",
      kubeProxyVersion: "",
      kubeletVersion: "v1.36.3",
      machineID: "",
      operatingSystem: "linux",
      osImage: "Teal sandbox",
      systemUUID: "",
    },
  };
}

const startedAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");

async function renewLease(client: KubeClient, nodeName: string): Promise<void> {
  const path = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  // Leases count in microseconds.
  const renewTime = new Date().toISOString().replace("Z", "000Z");
  const spec = { holderIdentity: nodeName, leaseDurationSeconds: leaseSeconds, renewTime };
  if ((await unless([404], client.patch(`${path}/${nodeName}`, { spec }))) !== undefined) return;
  const lease = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name: nodeName }, spec };
  if ((await unless([404], client.create(path, lease))) !== undefined) return;
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-node-lease" } };
  await unless([409], client.create("/api/v1/namespaces", namespace));
  await client.create(path, lease);
}
