import type { Cluster } from "../api/cluster.ts";
import { kindNamed } from "../api/kinds.ts";
import { type KubeObject, keyOf } from "../api/object.ts";
import { ControllerClient } from "./client.ts";
import type { ObjectOf } from "./objects.ts";
import { WorkQueue } from "./queue.ts";

export interface Running {
  stop(): void;
}

/** What a controller's reconcile function works with. */
export interface Context {
  client: ControllerClient;
  /** Look at the same object again after this many milliseconds. */
  again(millis: number): void;
}

interface Definition<K extends keyof ObjectOf> {
  name: string;
  kind: K;
  /** Kinds whose objects name the one to look after as their controller. */
  owns?: readonly (keyof ObjectOf)[];
  /** Brings the world nearer to what the object says. Must be safe to repeat. */
  reconcile(object: ObjectOf[K], context: Context): void;
}

/** Runs a controller of one kind: every object once at the start, then whenever it or something that it owns changes. */
export function runController<K extends keyof ObjectOf>(cluster: Cluster, definition: Definition<K>): Running {
  const client = new ControllerClient(cluster, definition.name);
  const queue = new WorkQueue(definition.name, (key) => {
    const [name, namespace] = key.split("/").reverse();
    const object = client.get(definition.kind, namespace, name!);
    if (object === undefined) return;
    definition.reconcile(object, { client, again: (millis) => queue.addLater(key, millis) });
  });
  const enqueueOwner = ({ metadata }: KubeObject): void => {
    const owner = metadata.ownerReferences?.find((ref) => ref.controller === true && ref.kind === definition.kind);
    if (owner !== undefined) queue.add(`${metadata.namespace ?? ""}/${owner.name}`);
  };
  const stops = [
    client.watch(kindNamed(definition.kind), ({ object }) => queue.add(keyOf(object))),
    ...(definition.owns ?? []).map((kind) => client.watch(kindNamed(kind), ({ object }) => enqueueOwner(object))),
  ];
  for (const object of client.list(definition.kind)) queue.add(keyOf(object));
  return {
    stop() {
      stops.forEach((stop) => stop());
      queue.stop();
    },
  };
}
