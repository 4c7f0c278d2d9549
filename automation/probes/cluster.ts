import { ApiException, AppsV1Api, BatchV1Api, CoreV1Api, CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";
import { TealError } from "../../model/errors.ts";
import { keepConnections } from "./connections.ts";
import { patientConfiguration } from "./patience.ts";

/** Clients of the one cluster that this installation serves. They only read, but for automation/certificates and automation/adopting. */
export interface Cluster {
  apps: AppsV1Api;
  batch: BatchV1Api;
  core: CoreV1Api;
  custom: CustomObjectsApi;
}

/** Clients for `context` (the current one by default) of the kubeconfig file at `path`. */
export function openCluster(path: string, context?: string): Cluster {
  const config = new KubeConfig();
  try {
    config.loadFromFile(path);
    if (context) config.setCurrentContext(context);
    if (!config.getCurrentCluster()) throw new Error(`it has no cluster for context ${config.getCurrentContext()}`);
  } catch (cause) {
    throw new TealError(
      "kubeconfig_unusable",
      `Expected a kubeconfig at ${path}: ${(cause as Error).message}. Set KUBECONFIG and TEAL_KUBE_CONTEXT.`,
      { cause },
    );
  }
  keepConnections(config);
  const configuration = patientConfiguration(config);
  return {
    apps: new AppsV1Api(configuration),
    batch: new BatchV1Api(configuration),
    core: new CoreV1Api(configuration),
    custom: new CustomObjectsApi(configuration),
  };
}

/** `read()`'s answer, or null where the API server says that there is no such object. Other errors are thrown. */
export async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return null;
    throw error;
  }
}

/** Throws `cluster_unreachable` unless the API server answers within `seconds`. */
export async function reachable(cluster: Cluster, seconds: number): Promise<void> {
  const late = AbortSignal.timeout(seconds * 1000);
  const expired = new Promise<never>((_, reject) => {
    late.addEventListener("abort", () => reject(new Error(`no answer in ${seconds} s`)));
  });
  try {
    await Promise.race([cluster.core.readNamespace({ name: "default" }), expired]);
  } catch (cause) {
    throw new TealError(
      "cluster_unreachable",
      `The cluster does not answer: ${(cause as Error).message.split("\n")[0]}`,
      {
        cause,
        data: { cause: "platform", retriable: true },
      },
    );
  }
}
