import type { Cluster } from "../api/cluster.ts";
import type { JsonObject } from "../api/json.ts";
import { kindNamed } from "../api/kinds.ts";
import { keyOf } from "../api/object.ts";
import { ControllerClient, isGone } from "./client.ts";
import type { Running } from "./controller.ts";
import type { Claim, Pod, Volume } from "./objects.ts";
import { claimsOf, isFinished } from "./pods.ts";
import { WorkQueue } from "./queue.ts";

const name = "persistentvolume-controller";
const protection = "kubernetes.io/pvc-protection";

/**
 * Binds claims to the volumes that a provisioner makes for them, says of volumes whether their claim is still there, and
 * keeps claims until no pod uses them. Volumes that are there for any claim (static ones) are not looked for.
 */
export function runVolumes(cluster: Cluster): Running {
  const client = new ControllerClient(cluster, name);
  const claims = new WorkQueue(`${name} (claims)`, (key) => {
    const [namespace, claim] = key.split("/") as [string, string];
    const found = client.get("PersistentVolumeClaim", namespace, claim);
    if (found === undefined) return;
    if (isGone(found)) release(found, client);
    else bind(found, client);
  });
  const volumes = new WorkQueue(`${name} (volumes)`, (key) => {
    const volume = client.get("PersistentVolume", undefined, key);
    if (volume !== undefined) report(volume, client);
  });
  const addClaimOf = ({ spec: { claimRef } }: Volume): void => {
    if (claimRef !== undefined) claims.add(`${claimRef.namespace}/${claimRef.name}`);
  };
  const addVolumeOf = (claim: Claim): void => {
    if (claim.spec.volumeName !== undefined) volumes.add(claim.spec.volumeName);
  };
  const stops = [
    client.watch(kindNamed("PersistentVolumeClaim"), ({ object }) => {
      claims.add(keyOf(object));
      addVolumeOf(object as Claim);
    }),
    client.watch(kindNamed("PersistentVolume"), ({ object }) => {
      volumes.add(object.metadata.name);
      addClaimOf(object as Volume);
    }),
    client.watch(kindNamed("StorageClass"), () =>
      client.list("PersistentVolumeClaim").forEach((c) => claims.add(keyOf(c))),
    ),
    client.watch(kindNamed("Pod"), ({ type, object }) => {
      const pod = object as Pod;
      if (type !== "DELETED" && !isFinished(pod)) return;
      for (const claim of claimsOf(pod)) claims.add(`${pod.metadata.namespace ?? ""}/${claim}`);
    }),
  ];
  for (const claim of client.list("PersistentVolumeClaim")) claims.add(keyOf(claim));
  for (const volume of client.list("PersistentVolume")) volumes.add(volume.metadata.name);
  return {
    stop() {
      stops.forEach((stop) => stop());
      claims.stop();
      volumes.stop();
    },
  };
}

function bind(claim: Claim, client: ControllerClient): void {
  const { uid } = claim.metadata;
  if (claim.status.phase !== "Pending") return reportLost(claim, client);
  const volume = client.list("PersistentVolume").find(({ spec }) => spec.claimRef?.uid === uid);
  if (volume === undefined) return askFor(claim, client);
  const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
  client.patch(claim, { metadata: { annotations }, spec: { volumeName: volume.metadata.name } });
  const { accessModes, capacity } = volume.spec;
  client.setStatus(client.get("PersistentVolumeClaim", claim.metadata.namespace, claim.metadata.name)!, {
    phase: "Bound",
    accessModes,
    capacity: { storage: capacity.storage },
  });
}

function reportLost(claim: Claim, client: ControllerClient): void {
  const { volumeName = "" } = claim.spec;
  if (claim.status.phase === "Lost" || client.get("PersistentVolume", undefined, volumeName) !== undefined) return;
  client.setStatus(claim, { ...claim.status, phase: "Lost" });
  client.event(claim, "Warning", "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
}

const provisionerKey = "volume.kubernetes.io/storage-provisioner";

/** Tells the provisioner of the claim's class that the claim waits for it. */
function askFor(claim: Claim, client: ControllerClient): void {
  const { storageClassName = "" } = claim.spec;
  if (storageClassName === "") {
    const message = "no persistent volumes available for this claim and no storage class is set";
    return client.event(claim, "Normal", "FailedBinding", message);
  }
  const storageClass = client.get("StorageClass", undefined, storageClassName);
  if (storageClass === undefined) {
    const message = `storageclass.storage.k8s.io "${storageClassName}" not found`;
    return client.event(claim, "Warning", "ProvisioningFailed", message);
  }
  const { provisioner } = storageClass;
  if (claim.metadata.annotations?.[provisionerKey] === provisioner) return;
  const annotations: JsonObject = { [provisionerKey]: provisioner };
  client.patch(claim, { metadata: { annotations } });
  const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  client.event(claim, "Normal", "ExternalProvisioning", message);
}

function release(claim: Claim, client: ControllerClient): void {
  const { finalizers = [], namespace, name: claimName } = claim.metadata;
  if (!finalizers.includes(protection)) return;
  const used = client
    .list("Pod", namespace)
    .some((pod) => pod.spec.nodeName !== undefined && !isFinished(pod) && claimsOf(pod).includes(claimName));
  if (used) return;
  const left = finalizers.filter((finalizer) => finalizer !== protection);
  client.patch(claim, { metadata: { finalizers: left.length === 0 ? null : left } });
}

/** A volume whose claim is gone is for its provisioner to remove. */
function report(volume: Volume, client: ControllerClient): void {
  const { claimRef } = volume.spec;
  const claim = claimRef && client.get("PersistentVolumeClaim", claimRef.namespace, claimRef.name);
  const isOurs = claim !== undefined && (claimRef?.uid === undefined || claimRef.uid === claim.metadata.uid);
  const isBound = isOurs && claim.status.phase === "Bound" && claim.spec.volumeName === volume.metadata.name;
  const phase = claimRef === undefined ? "Available" : isBound ? "Bound" : isOurs ? volume.status.phase : "Released";
  if (phase !== volume.status.phase) client.setStatus(volume, { ...volume.status, phase });
}
