import { resolve } from "node:path";
import { KubeClient } from "../kubernetes/client.ts";
import { messageOf } from "../kubernetes/failure.ts";
import { startNode } from "./node.ts";

/**
 * The sandbox's node, a process of its own. Environment: `KUBECONFIG` (needed), `SANDBOX_CONTEXT`, `SANDBOX_NODE_NAME`,
 * `SANDBOX_TOKEN`; where there is no scheduler, `SANDBOX_SCHEDULER_KUBECONFIG` (of an identity that may bind pods); for a
 * volumes, `SANDBOX_VOLUMES` (the directory that they get theirs in) and `SANDBOX_PROVISIONER_KUBECONFIG` (of an identity
 * that may make PersistentVolumes; `KUBECONFIG` where it isn't set); for a real API server, which reads logs by HTTPS only, `SANDBOX_TLS_CERT`, `SANDBOX_TLS_KEY` and `SANDBOX_CLIENT_CA` (paths of
 * PEM files). Prints one line of JSON once the node is ready; everything else goes to stderr.
 */
const { KUBECONFIG, SANDBOX_CONTEXT, SANDBOX_NODE_NAME, SANDBOX_TOKEN, SANDBOX_SCHEDULER_KUBECONFIG } = process.env;
const { SANDBOX_VOLUMES, SANDBOX_PROVISIONER_KUBECONFIG } = process.env;
const { SANDBOX_TLS_CERT, SANDBOX_TLS_KEY, SANDBOX_CLIENT_CA } = process.env;
if (!KUBECONFIG) {
  console.error("KUBECONFIG is not set: expected the path of a kubeconfig for the cluster that this node is to join.");
  process.exit(1);
}
// Warnings by the thousand say one thing: the API server is away. One a second is enough.
let lastLogMs = 0;
const log = (message: string): void => {
  if (Date.now() - lastLogMs > 1000) console.error(`node: ${message}`);
  lastLogMs = Date.now();
};

let stop = (): Promise<void> => Promise.resolve();
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => void stop().then(() => process.exit(0)));

const client = new KubeClient(KUBECONFIG, SANDBOX_CONTEXT || undefined);
const provisioner = SANDBOX_PROVISIONER_KUBECONFIG ? new KubeClient(SANDBOX_PROVISIONER_KUBECONFIG) : client;
const node = await startNode(client, {
  nodeName: SANDBOX_NODE_NAME || "sandbox-node",
  scheduler: SANDBOX_SCHEDULER_KUBECONFIG ? new KubeClient(SANDBOX_SCHEDULER_KUBECONFIG) : undefined,
  volumes: SANDBOX_VOLUMES ? { directory: resolve(SANDBOX_VOLUMES), provisioner } : undefined,
  kubelet: {
    token: SANDBOX_TOKEN || undefined,
    tls:
      SANDBOX_TLS_CERT && SANDBOX_TLS_KEY
        ? { cert: SANDBOX_TLS_CERT, key: SANDBOX_TLS_KEY, clientCa: SANDBOX_CLIENT_CA || undefined }
        : undefined,
  },
  log,
}).catch((error: unknown) => {
  console.error(`The node could not start: ${messageOf(error)}`);
  process.exit(1);
});
stop = node.stop;
console.log(JSON.stringify({ ready: true, port: node.port }));
