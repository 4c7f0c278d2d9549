import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  ApiextensionsV1Api,
  CoreV1Api,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { TealError } from "../model/errors.ts";

const fieldManager = "teal-cluster";
/** What Teal asks a cluster's administrator for: its rights, and the policies that keep tenants apart. */
const policiesDirectory = join(import.meta.dirname, "..", "platform", "cluster-policies");
const establishWithinMs = 30_000;
const controllersWorkWithinMs = 30_000;

/**
 * Applies the Gateway API's definitions, waits until the API server serves them, and applies what is in objects.yaml
 * and what Teal asks of any cluster.
 *
 * @param gatewayPort of Teal's Gateway, whose listener it becomes
 */
export async function applyObjects(
  kubeconfig: string,
  definitionsDirectory: string,
  gatewayPort: number,
): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const objects = KubernetesObjectApi.makeApiClient(config);
  const apply = async (object: KubernetesObject): Promise<void> => {
    await objects.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
  };

  const definitions = await readDirectory(definitionsDirectory);
  await Promise.all(definitions.map(apply));
  const names = definitions.map((definition) => definition.metadata?.name ?? "");
  await waitUntilServed(config.makeApiClient(ApiextensionsV1Api), names);
  for (const object of await readObjects(join(import.meta.dirname, "objects.yaml"))) {
    await apply(object.kind === "Gateway" ? withPort(object as GatewayObject, gatewayPort) : object);
  }
  for (const object of await readDirectory(policiesDirectory)) await apply(object);
}

/** Waits for the service account that the controller manager makes in every namespace: before it no pod can be made. */
export async function waitForControllers(kubeconfig: string): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const deadline = performance.now() + controllersWorkWithinMs;
  for (;;) {
    const { items } = await api.listNamespacedServiceAccount({ namespace: "teal-system" });
    if (items.some(({ metadata }) => metadata?.name === "default")) return;
    if (performance.now() > deadline) {
      throw new TealError(
        "cluster_controllers_idle",
        `Namespace teal-system should have service account default within ${controllersWorkWithinMs / 1000} s, but has not: see the controller manager's log.`,
      );
    }
    await delay(100);
  }
}

interface GatewayObject extends KubernetesObject {
  spec: { listeners: { port: number }[] };
}

function withPort(gateway: GatewayObject, port: number): GatewayObject {
  const listeners = gateway.spec.listeners.map((listener) => ({ ...listener, port }));
  return { ...gateway, spec: { ...gateway.spec, listeners } };
}

async function readDirectory(directory: string): Promise<KubernetesObject[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".yaml")).toSorted();
  return (await Promise.all(files.map((name) => readObjects(join(directory, name))))).flat();
}

async function readObjects(path: string): Promise<KubernetesObject[]> {
  const documents = parseAllDocuments(await readFile(path, "utf8"));
  return documents.map((document) => document.toJS() as KubernetesObject | null).filter((object) => object !== null);
}

async function waitUntilServed(api: ApiextensionsV1Api, names: readonly string[]): Promise<void> {
  const deadline = performance.now() + establishWithinMs;
  for (const name of names) {
    for (;;) {
      const { status } = await api.readCustomResourceDefinition({ name });
      if (status?.conditions?.some(({ type, status }) => type === "Established" && status === "True")) break;
      if (performance.now() > deadline) {
        throw new TealError(
          "cluster_definition_not_served",
          `${name} should be Established within ${establishWithinMs / 1000} s, but its conditions are ${JSON.stringify(status?.conditions)}.`,
        );
      }
      await delay(100);
    }
  }
}
