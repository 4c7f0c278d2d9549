import type { KubeObject } from "../api/object.ts";
import type { ControllerClient } from "./client.ts";
import { randomSuffix } from "../api/create.ts";
import { conditionOf, controllerReference, isOwnedBy, type Pod, type PodTemplate } from "./objects.ts";

/** The pods that an object made, also those on their way out. */
export function podsOf(client: ControllerClient, owner: KubeObject): Pod[] {
  return client.list("Pod", owner.metadata.namespace).filter((pod) => isOwnedBy(pod, owner));
}

export function isFinished(pod: Pod): boolean {
  return pod.status.phase === "Succeeded" || pod.status.phase === "Failed";
}

/** Names of the claims that a pod mounts. */
export function claimsOf({ spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []);
}

/** Neither finished nor being deleted. */
export function isActive(pod: Pod): boolean {
  return !isFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod, "Ready")?.status === "True";
}

/** Milliseconds until a pod that stays ready counts as available: 0 when it does, undefined while it is not ready. */
export function untilAvailable(pod: Pod, minReadySeconds: number, now = Date.now()): number | undefined {
  const ready = conditionOf(pod, "Ready");
  if (ready?.status !== "True") return undefined;
  if (minReadySeconds === 0) return 0;
  return Math.max(0, Date.parse(ready.lastTransitionTime ?? "") + minReadySeconds * 1000 - now) || 0;
}

/** Makes a pod of an owner's template. */
export function createPod(client: ControllerClient, owner: KubeObject, template: PodTemplate): Pod {
  const metadata = {
    name: `${owner.metadata.name.slice(0, 57)}-${randomSuffix()}`,
    labels: template.metadata?.labels,
    annotations: template.metadata?.annotations,
    ownerReferences: [controllerReference(owner)],
  };
  return client.create("Pod", owner.metadata.namespace, { metadata, spec: template.spec });
}

/** The order in which pods are let go: those that serve least first. */
export function leastUsefulFirst(a: Pod, b: Pod): number {
  const rank = (pod: Pod): number => {
    if (pod.spec.nodeName === undefined) return 0;
    if (pod.status.phase !== "Running") return 1;
    return isReady(pod) ? 3 : 2;
  };
  return rank(a) - rank(b) || b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);
}
