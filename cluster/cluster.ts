import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { ensureBuild } from "./build.ts";
import { apiserver, type ComponentName, componentNames, controllerManager, etcd, gateway, node } from "./components.ts";
import { ensureCredentials } from "./credentials.ts";
import { kubeconfigOf, layoutOf } from "./layout.ts";
import { applyObjects, waitForControllers } from "./objects.ts";
import { ensurePorts } from "./ports.ts";
import { announced, requireRunning, startProcess, stopProcess } from "./processes.ts";
import { waitUntilReady } from "./readiness.ts";
import { readVersions } from "./versions.ts";

/** A cluster that runs. */
export interface Cluster {
  /** URL of the API server, on 127.0.0.1. */
  server: string;
  /** Paths of kubeconfigs: the administrator's (`system:masters`), Teal's own, and those of who binds and runs pods. */
  kubeconfig: string;
  tealKubeconfig: string;
  schedulerKubeconfig: string;
  nodeKubeconfig: string;
  /** URLs of the gateway and of its figures. */
  gateway: string;
  gatewayMetrics: string;
  /** Path of a kubectl of the server's version. */
  kubectl: string;
  /** One JSON audit event per line. */
  auditLog: string;
  /** Directory with the data of claims, in `<namespace>/<claim>`. */
  volumes: string;
}

export interface ClusterOptions {
  /** State directory: all that the cluster knows and keeps. Several clusters run side by side in several of them. */
  state: string;
  /** Port of the API server of a new cluster; 0 for any that is free. */
  port: number;
  /** Takes a line about each step that takes time. */
  log?: (line: string) => void;
}

/**
 * Brings up etcd, the API server and the controller manager, as far as they don't run already, applies the Gateway API's
 * definitions, what is in objects.yaml and Teal's rights and policies, and brings up the sandbox's node and gateway. All addresses are in 127.0.0.0/8.
 *
 * @throws TealError `go_missing`, `go_failed`, `cluster_component_ended`, `cluster_not_ready`
 */
export async function startCluster({ state, port, log = () => undefined }: ClusterOptions): Promise<Cluster> {
  const versions = await readVersions();
  const build = await ensureBuild(versions, log);
  const layout = layoutOf(resolve(state));
  await mkdir(layout.state, { recursive: true, mode: 0o700 });
  const ports = await ensurePorts(layout, port);
  await ensureCredentials(layout, ports.apiserver);

  const began = performance.now();
  await startProcess(layout, etcd(build, layout, ports));
  await startProcess(layout, apiserver(build, layout, ports));
  const server = `https://127.0.0.1:${ports.apiserver}`;
  const kubeconfig = kubeconfigOf(layout, "admin");
  await waitUntilReady(`${server}/readyz`, kubeconfig, async () => {
    await requireRunning(layout, "etcd");
    await requireRunning(layout, "kube-apiserver");
  });
  await startProcess(layout, controllerManager(build, layout, ports));
  await applyObjects(kubeconfig, build.definitions, ports.gateway);
  await waitUntilReady(`https://127.0.0.1:${ports.controllerManager}/healthz`, kubeconfig, () =>
    requireRunning(layout, "kube-controller-manager"),
  );
  await waitForControllers(kubeconfig);
  await startProcess(layout, node(layout));
  await startProcess(layout, gateway(layout, ports));
  await Promise.all([announced(layout, "node"), announced(layout, "gateway")]);
  log(`Kubernetes ${versions.kubernetes} ready in ${((performance.now() - began) / 1000).toFixed(1)} s`);

  return {
    server,
    kubeconfig,
    tealKubeconfig: kubeconfigOf(layout, "teal"),
    schedulerKubeconfig: kubeconfigOf(layout, "scheduler"),
    nodeKubeconfig: kubeconfigOf(layout, "node"),
    gateway: `http://127.0.0.1:${ports.gateway}`,
    gatewayMetrics: `http://127.0.0.1:${ports.gatewayAdmin}/metrics`,
    kubectl: build.kubectl,
    auditLog: layout.auditLog,
    volumes: layout.volumes,
  };
}

/**
 * Stops what runs of the cluster, and keeps its state. With `only` just those components: an API server that is away
 * comes back with {@link startCluster}.
 */
export async function stopCluster(
  state: string,
  only: readonly ComponentName[] = componentNames,
): Promise<ComponentName[]> {
  const layout = layoutOf(resolve(state));
  const stopped: ComponentName[] = [];
  for (const name of componentNames.toReversed()) {
    if (only.includes(name) && (await stopProcess(layout, name)) === "stopped") stopped.push(name);
  }
  return stopped;
}

/** The settings that a Teal of this cluster is started with, besides its passphrase. */
export function tealSettings(cluster: Cluster): Record<string, string> {
  return {
    TEAL_TARGET: "kubernetes",
    TEAL_ENGINE: "embedded",
    KUBECONFIG: cluster.tealKubeconfig,
    TEAL_GATEWAY_URL: cluster.gateway,
    TEAL_GATEWAY_METRICS: cluster.gatewayMetrics,
    TEAL_GATEWAY_AFFINITY: "cookie",
    TEAL_VOLUMES: cluster.volumes,
    TEAL_BACKUPS: join(dirname(cluster.volumes), "backups"),
  };
}
