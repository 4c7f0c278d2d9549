import type { V1ContainerStatus, V1Deployment, V1Pod } from "@kubernetes/client-node";
import type { Color } from "../../model/color.ts";
import type { Evidence } from "../../model/operation.ts";
import { orNull, type Cluster } from "./cluster.ts";

/** How a slot's pods are. `hopeless`: waiting longer can't make them ready. */
export interface Readiness {
  ready: boolean;
  replicas: number;
  readyReplicas: number;
  /** One line on what is missing; empty when ready. */
  message: string;
  hopeless: boolean;
  /** Of all containers, since their pods were made. */
  restarts: number;
  /** Nothing is wrong with any pod: those that are missing, or aren't counted yet, wait for the cluster's controllers. */
  behind: boolean;
  evidence: Evidence[];
}

/** Reasons for which a container waits that no waiting mends. */
export const hopelessReasons = [
  "InvalidImageName",
  "ErrImageNeverPull",
  "ImagePullBackOff",
  "CreateContainerError",
  "RunContainerError",
];
/** A container that crashed this often is crashing, not stumbling over a neighbour that starts late. */
const crashes = 3;

/** Looks at the Deployments and pods of one color in `namespace`. Throws what the API server's client throws. */
export async function readiness(cluster: Cluster, namespace: string, color: Color): Promise<Readiness> {
  const labelSelector = `teal.dev/color=${color}`;
  const { items: deployments } = await cluster.apps.listNamespacedDeployment({ namespace, labelSelector });
  const replicas = sum(deployments, (d) => d.spec?.replicas ?? 1);
  const readyReplicas = sum(deployments, (d) => d.status?.readyReplicas ?? 0);
  const pods = await cluster.core.listNamespacedPod({ namespace, labelSelector });
  const restarts = sum(pods.items.flatMap(statuses), (container) => container.restartCount);
  if (deployments.length > 0 && deployments.every(rolledOut)) {
    // Pods of what filled the slot before would still get requests, and answer checks meant for the new ones.
    const left = pods.items.filter((pod) => !pod.metadata?.deletionTimestamp).length - replicas;
    const message = left > 0 ? `${left} pods of what was in ${color} before are still there` : "";
    return {
      ready: left <= 0,
      replicas,
      readyReplicas,
      message,
      hopeless: false,
      restarts,
      behind: false,
      evidence: [],
    };
  }
  const troubled = pods.items.filter((pod) => !pod.metadata?.deletionTimestamp && !isReady(pod));
  const refused = deployments.flatMap(refusals);
  const evidence = [...refused, ...(await podEvidence(cluster, namespace, troubled[0]))];
  return {
    ready: false,
    replicas,
    readyReplicas,
    message: `${readyReplicas} of ${replicas} pods of ${color} are ready${reasonOf(troubled[0])}`,
    hopeless: troubled.some(hopeless),
    restarts,
    behind: troubled.length === 0 && refused.length === 0,
    evidence,
  };
}

function rolledOut({ metadata, spec, status }: V1Deployment): boolean {
  const wanted = spec?.replicas ?? 1;
  return (
    (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    (status?.updatedReplicas ?? 0) === wanted &&
    (status?.replicas ?? 0) === wanted &&
    (status?.readyReplicas ?? 0) === wanted
  );
}

function isReady(pod: V1Pod): boolean {
  return pod.status?.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
}

function statuses(pod: V1Pod | undefined): V1ContainerStatus[] {
  return [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
}

function hopeless(pod: V1Pod): boolean {
  return statuses(pod).some(
    (c) => c.restartCount >= crashes || hopelessReasons.includes(c.state?.waiting?.reason ?? ""),
  );
}

function reasonOf(pod: V1Pod | undefined): string {
  const status = statuses(pod).find((c) => c.state?.waiting?.reason || c.lastState?.terminated);
  if (!status) return "";
  const exit = status.lastState?.terminated;
  if (exit)
    return ` (${status.name} ended with exit code ${exit.exitCode} and was restarted ${status.restartCount} times)`;
  return ` (${status.name}: ${status.state?.waiting?.reason})`;
}

/** What kept the Deployment's pods from being made at all, such as a quota. */
function refusals(deployment: V1Deployment): Evidence[] {
  return (deployment.status?.conditions ?? [])
    .filter((c) => c.type === "ReplicaFailure" && c.status === "True")
    .map((c) => ({ source: "event", text: `${c.reason}: ${c.message}` }));
}

/** Exit code, last events and last log lines of a pod that isn't ready. */
async function podEvidence(cluster: Cluster, namespace: string, pod: V1Pod | undefined): Promise<Evidence[]> {
  const name = pod?.metadata?.name;
  if (!name) return [];
  const exits = statuses(pod).flatMap((c): Evidence[] => {
    const exit = c.lastState?.terminated ?? c.state?.terminated;
    return exit
      ? [
          {
            source: "exit",
            text: `${name}/${c.name} ended with exit code ${exit.exitCode} (${exit.reason ?? "Error"})`,
          },
        ]
      : [];
  });
  const [events, log] = await Promise.all([podEvents(cluster, namespace, name), podLog(cluster, namespace, pod)]);
  return [...exits, ...events, ...log];
}

async function podEvents(cluster: Cluster, namespace: string, name: string): Promise<Evidence[]> {
  const { items } = await cluster.core.listNamespacedEvent({ namespace, fieldSelector: `involvedObject.name=${name}` });
  return items
    .filter((e) => e.type === "Warning")
    .slice(-3)
    .map((e) => ({
      source: "event",
      text: `${name}: ${e.reason}: ${e.message}`,
      ...(e.lastTimestamp && { at: new Date(e.lastTimestamp).toISOString() }),
    }));
}

async function podLog(cluster: Cluster, namespace: string, pod: V1Pod): Promise<Evidence[]> {
  const name = pod.metadata!.name!;
  const previous = statuses(pod).some((c) => c.restartCount > 0);
  const container = statuses(pod)[0]?.name;
  const read = cluster.core.readNamespacedPodLog({
    name,
    namespace,
    tailLines: 5,
    previous,
    ...(container && { container }),
  });
  // Logs are extra evidence: a node that can't give them now must not hide the rest.
  const text =
    (await orNull(read).catch((error: unknown) => `(no log: ${(error as Error).message.split("\n")[0]})`)) ?? "";
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ source: "log", text: line.slice(0, 500) }));
}

function sum<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
