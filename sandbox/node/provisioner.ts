import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { KubeClient } from "../kubernetes/client.ts";
import { unless } from "../kubernetes/failure.ts";
import { Informer } from "../kubernetes/informer.ts";
import { Outbox } from "../kubernetes/outbox.ts";
import { keyOf } from "../kubernetes/types.ts";
import type { Claim, Volume } from "../kubernetes/volumes.ts";

export interface ProvisionerOptions {
  /** Gets a directory `<namespace>/<claim>` for each claim. */
  directory: string;
  onTrouble: (message: string, error: unknown) => void;
}

/** As a StorageClass names it. */
export const provisionerName = "teal.dev/directory";
const askedKey = "volume.kubernetes.io/storage-provisioner";
const madeKey = "pv.kubernetes.io/provisioned-by";

/**
 * Gives claims their volumes: a PersistentVolume that is a directory of this machine, whatever access modes are asked
 * for, which the cluster's own controller then binds to the claim. The directory itself is made when a pod first mounts
 * it, and removed once the claim is gone, with all that is in it.
 */
export class Provisioner {
  readonly #client: KubeClient;
  readonly #directory: string;
  readonly #claims: Informer<Claim>;
  readonly #volumes: Informer<Volume>;
  readonly #making: Outbox;
  readonly #removing: Outbox;

  /** @param client of an identity that may make and delete PersistentVolumes: nodes may not */
  constructor(client: KubeClient, { directory, onTrouble }: ProvisionerOptions) {
    this.#client = client;
    this.#directory = directory;
    const outbox = (what: string, write: (key: string) => Promise<void>): Outbox =>
      new Outbox({ concurrency: 4, gatherMs: 0, write, onTrouble: (key, e) => onTrouble(`${what} ${key}`, e) });
    this.#making = outbox("volume for", (key) => this.#make(key));
    this.#removing = outbox("removal of volume", (key) => this.#remove(key));
    this.#claims = new Informer<Claim>(client, {
      path: "/api/v1/persistentvolumeclaims",
      onSet: (claim) => isWaiting(claim) && this.#making.mark(keyOf(claim)),
      onDelete: (claim) => this.#making.forget(keyOf(claim)),
      onTrouble: (error) => onTrouble("claims", error),
    });
    this.#volumes = new Informer<Volume>(client, {
      path: "/api/v1/persistentvolumes",
      onSet: (volume) => isLeft(volume) && this.#removing.mark(volume.metadata.name),
      onDelete: (volume) => this.#removing.forget(volume.metadata.name),
      onTrouble: (error) => onTrouble("volumes", error),
    });
  }

  async start(): Promise<void> {
    await this.#volumes.start();
    await this.#claims.start();
  }

  stop(): void {
    this.#claims.stop();
    this.#volumes.stop();
    this.#making.stop();
    this.#removing.stop();
  }

  async #make(key: string): Promise<void> {
    const claim = this.#claims.get(key);
    if (claim === undefined || !isWaiting(claim)) return;
    const volume = volumeFor(claim, this.#directory);
    const former = [...this.#volumes.values()].find((other) => isOfNamesake(other, claim));
    // Its directory has the same name: it has to be gone before another claim gets one.
    if (former !== undefined) throw new Error(`${former.metadata.name}, of an earlier claim ${key}, is still there`);
    await unless([409], this.#client.create("/api/v1/persistentvolumes", volume));
  }

  async #remove(name: string): Promise<void> {
    const volume = this.#volumes.get(name);
    if (volume?.spec.claimRef === undefined || !isLeft(volume)) return;
    const { namespace, name: claim } = volume.spec.claimRef;
    await removeDirectory(join(this.#directory, namespace), claim);
    const preconditions = { uid: volume.metadata.uid };
    await unless([404, 409], this.#client.delete(`/api/v1/persistentvolumes/${name}`, { preconditions }));
  }
}

function isWaiting({ metadata, spec }: Claim): boolean {
  const asked = metadata.annotations?.[askedKey] === provisionerName;
  return asked && spec.volumeName === undefined && metadata.deletionTimestamp === undefined;
}

function isLeft({ metadata, spec, status }: Volume): boolean {
  const ours = metadata.annotations?.[madeKey] === provisionerName;
  return ours && status?.phase === "Released" && spec.persistentVolumeReclaimPolicy === "Delete";
}

function isOfNamesake({ spec: { claimRef } }: Volume, { metadata }: Claim): boolean {
  const same = claimRef?.namespace === metadata.namespace && claimRef?.name === metadata.name;
  return same && claimRef?.uid !== metadata.uid;
}

function volumeFor({ metadata, spec }: Claim, directory: string): object {
  const { namespace = "default", name, uid } = metadata;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `pvc-${uid}`, annotations: { [madeKey]: provisionerName } },
    spec: {
      accessModes: spec.accessModes,
      capacity: { storage: spec.resources.requests.storage },
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid },
      hostPath: { path: join(directory, namespace, name), type: "DirectoryOrCreate" },
      persistentVolumeReclaimPolicy: "Delete",
      storageClassName: spec.storageClassName,
      volumeMode: spec.volumeMode,
    },
  };
}

/** Also what a restore was about to put in its place, or had replaced: `.<stage>.<mark>.<claim>` beside it. */
async function removeDirectory(namespace: string, claim: string): Promise<void> {
  const names = await readdir(namespace).catch(but(["ENOENT"], [] as string[]));
  const isOf = (name: string): boolean =>
    name === claim || (name.startsWith(".") && name.split(".").slice(3).join(".") === claim);
  for (const name of names.filter(isOf)) await rm(join(namespace, name), { recursive: true, force: true });
  // Others have what they have in it.
  await rmdir(namespace).catch(but(["ENOENT", "ENOTEMPTY"], undefined));
}

function but<T>(codes: readonly string[], instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (codes.includes(error.code ?? "")) return instead;
    throw error;
  };
}
