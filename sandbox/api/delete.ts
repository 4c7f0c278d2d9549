import { type Cluster, erase, existing, type WriteOptions } from "./cluster.ts";
import { objectAt } from "./json.ts";
import type { Kind } from "./kinds.ts";
import { type KubeObject, timestamp } from "./object.ts";
import { conflict } from "./status.ts";
import { commit } from "./update.ts";

export type Propagation = "Background" | "Foreground" | "Orphan";

export interface DeleteOptions extends Pick<WriteOptions, "dryRun"> {
  gracePeriodSeconds?: number;
  propagationPolicy?: Propagation;
  preconditions?: { uid?: string; resourceVersion?: string };
}

export interface Deletion {
  object: KubeObject;
  /** False while the object waits for its finalizers, its node, or the content of a namespace. */
  gone: boolean;
}

const ofPropagation = { Foreground: "foregroundDeletion", Orphan: "orphan", Background: undefined } as const;

/** Deletes an object, or marks it for those who have to finish something first. */
export function remove(
  cluster: Cluster,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  options: DeleteOptions,
): Deletion {
  const live = existing(cluster, kind, namespace, name);
  refuseOther(kind, live, options);
  if (kind.kind === "Namespace") return removeNamespace(cluster, kind, live, options);
  const grace = graceOf(live, options);
  const finalizers = finalizersOf(kind, live, options);
  if (finalizers.length === 0 && grace === 0) {
    if (!options.dryRun) erase(cluster, kind, live);
    return { object: live, gone: true };
  }
  return { object: mark(cluster, kind, live, grace, finalizers, options), gone: false };
}

function refuseOther(kind: Kind, live: KubeObject, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion, name } = live.metadata;
  const [wantedUid, wantedVersion] = [preconditions?.uid, preconditions?.resourceVersion];
  if (wantedUid !== undefined && wantedUid !== uid) {
    throw conflict(kind, name, `Precondition failed: UID in precondition: ${wantedUid}, UID in object meta: ${uid}`);
  }
  if (wantedVersion !== undefined && wantedVersion !== resourceVersion) {
    const said = `ResourceVersion in precondition: ${wantedVersion}, ResourceVersion in object meta: ${resourceVersion}`;
    throw conflict(kind, name, `Precondition failed: ${said}`);
  }
}

/** Seconds that the pod's node has to end it; nothing else waits. */
function graceOf(live: KubeObject, options: DeleteOptions): number {
  if (live.kind !== "Pod") return 0;
  const spec = objectAt(live["spec"]);
  const phase = objectAt(live["status"])["phase"];
  if (spec["nodeName"] === undefined || phase === "Succeeded" || phase === "Failed") return 0;
  const own = spec["terminationGracePeriodSeconds"];
  const asked = options.gracePeriodSeconds ?? (typeof own === "number" ? own : 30);
  const current = live.metadata.deletionGracePeriodSeconds;
  return Math.max(0, current === undefined ? asked : Math.min(current, asked));
}

function finalizersOf(kind: Kind, live: KubeObject, options: DeleteOptions): string[] {
  const present = live.metadata.finalizers ?? [];
  const policy = options.propagationPolicy ?? (kind.kind === "Job" ? "Orphan" : undefined);
  // Without a wish an object keeps what an earlier deletion asked for.
  if (policy === undefined) return present;
  const wanted = ofPropagation[policy];
  const others = present.filter((finalizer) => finalizer !== "foregroundDeletion" && finalizer !== "orphan");
  return wanted === undefined ? others : [...others, wanted];
}

function mark(
  cluster: Cluster,
  kind: Kind,
  live: KubeObject,
  grace: number,
  finalizers: string[],
  options: DeleteOptions,
): KubeObject {
  const { finalizers: _, ...kept } = live.metadata;
  const sooner = (live.metadata.deletionGracePeriodSeconds ?? Infinity) > grace;
  const metadata = {
    ...kept,
    ...(finalizers.length === 0 ? {} : { finalizers }),
    ...(sooner
      ? { deletionTimestamp: timestamp(new Date(Date.now() + grace * 1000)), deletionGracePeriodSeconds: grace }
      : {}),
    ...(kind.generation && live.metadata.deletionTimestamp === undefined
      ? { generation: (live.metadata.generation ?? 0) + 1 }
      : {}),
  };
  return commit(cluster, kind, live, { ...live, metadata }, options.dryRun ?? false);
}

function removeNamespace(cluster: Cluster, kind: Kind, live: KubeObject, options: DeleteOptions): Deletion {
  if (live.metadata.deletionTimestamp !== undefined) return { object: live, gone: false };
  const metadata = { ...live.metadata, deletionTimestamp: timestamp() };
  const status = { ...objectAt(live["status"]), phase: "Terminating" };
  const next = { ...live, metadata, status };
  return { object: commit(cluster, kind, live, next, options.dryRun ?? false), gone: false };
}
