import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TealError } from "../../model/errors.ts";
import type { KubeClient } from "../kubernetes/client.ts";
import { messageOf, unless } from "../kubernetes/failure.ts";
import type { ContainerSpec, Pod } from "../kubernetes/pods.ts";
import type { Claim, Volume } from "../kubernetes/volumes.ts";

/** Where on this machine a container finds what it has at a path of its own. */
export interface Mount {
  mountPath: string;
  hostPath: string;
}

/**
 * What a container mounts of claims, the directories made where they are missing. Volumes of other kinds are not there in
 * the sandbox.
 * @throws TealError `volume_mount` where a claim can't be mounted (yet)
 */
export async function mountsOf(container: ContainerSpec, pod: Pod, client: KubeClient): Promise<Mount[]> {
  const claims = new Map(pod.spec.volumes?.map((volume) => [volume.name, volume.persistentVolumeClaim?.claimName]));
  const mounts: Mount[] = [];
  for (const { name, mountPath, subPath = "" } of container.volumeMounts ?? []) {
    const claim = claims.get(name);
    if (claim === undefined) continue;
    try {
      const hostPath = join(await directoryOf(claim, pod.metadata.namespace ?? "default", client), subPath);
      await mkdir(hostPath, { recursive: true, mode: 0o700 });
      mounts.push({ mountPath, hostPath });
    } catch (error) {
      const message = `MountVolume.SetUp failed for volume "${name}" : ${messageOf(error)}`;
      throw new TealError("volume_mount", message, { cause: error });
    }
  }
  return mounts;
}

async function directoryOf(claimName: string, namespace: string, client: KubeClient): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${claimName}`;
  const claim = await unless([404], client.get<Claim>(path));
  const { volumeName } = claim?.spec ?? {};
  if (claim?.status?.phase !== "Bound" || volumeName === undefined)
    throw new Error(`persistentvolumeclaim "${claimName}" is not bound`);
  const volume = await client.get<Volume>(`/api/v1/persistentvolumes/${volumeName}`);
  if (volume.spec.claimRef?.uid !== claim.metadata.uid)
    throw new Error(`persistentvolume "${volumeName}" is not of claim "${claimName}"`);
  if (volume.spec.hostPath === undefined)
    throw new Error(`persistentvolume "${volumeName}" has no hostPath, the one kind that this node can mount`);
  return volume.spec.hostPath.path;
}

/**
 * The environment with every value that is a path in a mount turned into the path on this machine: pods here are no
 * containers but share one process, which has no mounts of its own. `TEAL_DATA_DIR=/data/notes` with a claim at `/data`
 * becomes `<the claim's directory>/notes`.
 */
export function onThisMachine(env: Readonly<Record<string, string>>, mounts: readonly Mount[]): Record<string, string> {
  const nearestFirst = mounts.toSorted((a, b) => b.mountPath.length - a.mountPath.length);
  const mapped = (value: string): string => {
    for (const { mountPath, hostPath } of nearestFirst) {
      const at = mountPath.replace(/\/+$/, "");
      if (value === at || value.startsWith(`${at}/`)) return join(hostPath, value.slice(at.length));
    }
    return value;
  };
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, mapped(value)]));
}
