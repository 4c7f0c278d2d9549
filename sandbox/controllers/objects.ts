import type { KubeObject, Metadata } from "../api/object.ts";

/** The parts of objects that controllers read. The API server made sure of them on the way in. */

export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string | null;
  lastHeartbeatTime?: string;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string>; [field: string]: unknown };
  spec: Record<string, unknown>;
}

export interface Pod extends KubeObject {
  spec: {
    nodeName?: string;
    nodeSelector?: Record<string, string>;
    restartPolicy: string;
    schedulerName: string;
    volumes?: { name: string; persistentVolumeClaim?: { claimName: string } }[];
  };
  status: {
    phase: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
    conditions?: Condition[];
    containerStatuses?: { restartCount: number }[];
  };
}

export interface ReplicaSet extends KubeObject {
  spec: { replicas: number; selector: LabelSelector; template: PodTemplate; minReadySeconds?: number };
  status: {
    replicas: number;
    readyReplicas?: number;
    availableReplicas?: number;
    observedGeneration?: number;
    fullyLabeledReplicas?: number;
  };
}

export interface Deployment extends KubeObject {
  spec: {
    replicas: number;
    selector: LabelSelector;
    template: PodTemplate;
    paused?: boolean;
    minReadySeconds?: number;
    progressDeadlineSeconds: number;
    revisionHistoryLimit: number;
    strategy: { type: string; rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string } };
  };
  status: DeploymentStatus;
}

export interface DeploymentStatus {
  observedGeneration?: number;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  unavailableReplicas?: number;
  conditions?: Condition[];
}

export interface Job extends KubeObject {
  spec: {
    parallelism: number;
    completions: number;
    backoffLimit: number;
    activeDeadlineSeconds?: number;
    ttlSecondsAfterFinished?: number;
    suspend: boolean;
    template: PodTemplate;
  };
  status: {
    startTime?: string;
    completionTime?: string;
    active?: number;
    ready?: number;
    succeeded?: number;
    failed?: number;
    conditions?: Condition[];
  };
}

export interface Node extends KubeObject {
  spec?: { unschedulable?: boolean };
  status: { conditions?: Condition[]; allocatable?: Record<string, string> };
}

export interface Claim extends KubeObject {
  spec: {
    accessModes: string[];
    resources: { requests: { storage: string } };
    storageClassName?: string;
    volumeName?: string;
  };
  status: { phase: "Pending" | "Bound" | "Lost"; accessModes?: string[]; capacity?: { storage: string } };
}

export interface Volume extends KubeObject {
  spec: {
    accessModes: string[];
    capacity: { storage: string };
    storageClassName?: string;
    claimRef?: { namespace: string; name: string; uid?: string };
  };
  status: { phase: "Pending" | "Available" | "Bound" | "Released" };
}

export interface StorageClass extends KubeObject {
  provisioner: string;
}

export interface Lease extends KubeObject {
  spec: { renewTime?: string };
}

export interface Budget extends KubeObject {
  spec: { selector?: LabelSelector; minAvailable?: number | string; maxUnavailable?: number | string };
}

export interface Namespace extends KubeObject {
  status: { phase: "Active" | "Terminating" };
}

/** Which type an object of a kind has. */
export interface ObjectOf {
  Pod: Pod;
  ReplicaSet: ReplicaSet;
  Deployment: Deployment;
  Job: Job;
  Node: Node;
  Lease: Lease;
  PodDisruptionBudget: Budget;
  Namespace: Namespace;
  PersistentVolumeClaim: Claim;
  PersistentVolume: Volume;
  StorageClass: StorageClass;
  ServiceAccount: KubeObject;
  Event: KubeObject & { lastTimestamp?: string };
}

export function conditionOf(object: { status?: { conditions?: Condition[] } }, type: string): Condition | undefined {
  return object.status?.conditions?.find((condition) => condition.type === type);
}

/** The reference by which an owner's pods and sets name it. */
export function controllerReference(owner: KubeObject): NonNullable<Metadata["ownerReferences"]>[number] {
  const { apiVersion, kind, metadata } = owner;
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return (
    object.metadata.ownerReferences?.some((ref) => ref.controller === true && ref.uid === owner.metadata.uid) ?? false
  );
}
