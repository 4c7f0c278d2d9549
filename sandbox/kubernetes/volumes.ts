import type { KubeObject } from "./types.ts";

export interface Claim extends KubeObject {
  spec: {
    accessModes: readonly string[];
    resources: { requests: { storage: string } };
    storageClassName?: string;
    volumeMode?: string;
    volumeName?: string;
  };
  status?: { phase?: string };
}

export interface Volume extends KubeObject {
  spec: {
    claimRef?: { namespace: string; name: string; uid?: string };
    persistentVolumeReclaimPolicy?: string;
    hostPath?: { path: string };
  };
  status?: { phase?: string };
}
