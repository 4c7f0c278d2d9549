import type { Cluster } from "../api/cluster.ts";
import { kinds } from "../api/kinds.ts";
import { finalize } from "../api/subresources.ts";
import { ControllerClient } from "./client.ts";
import { type Context, runController, type Running } from "./controller.ts";
import type { Namespace } from "./objects.ts";
import { WorkQueue } from "./queue.ts";

const contents = kinds.filter((kind) => kind.namespaced);

/** Gives each namespace its default ServiceAccount. */
export function runServiceAccounts(cluster: Cluster): Running {
  const name = "serviceaccount-controller";
  return runController(cluster, { name, kind: "Namespace", reconcile: ensureServiceAccount });
}

function ensureServiceAccount(namespace: Namespace, { client }: Context): void {
  const { name, deletionTimestamp } = namespace.metadata;
  if (deletionTimestamp !== undefined || client.get("ServiceAccount", name, "default") !== undefined) return;
  client.create("ServiceAccount", name, { metadata: { name: "default" } });
}

/** Empties namespaces that are being deleted, and lets them go once nothing is left. */
export function runNamespaces(cluster: Cluster): Running {
  const client = new ControllerClient(cluster, "namespace-controller");
  const queue = new WorkQueue("namespace-controller", (name) => {
    const namespace = client.get("Namespace", undefined, name);
    if (namespace?.metadata.deletionTimestamp !== undefined) empty(cluster, client, name);
  });
  const stops = [
    ...contents.map((kind) =>
      client.watch(kind, ({ object }) => {
        const name = object.metadata.namespace!;
        if (client.get("Namespace", undefined, name)?.metadata.deletionTimestamp !== undefined) queue.add(name);
      }),
    ),
    ...kinds
      .filter((kind) => kind.kind === "Namespace")
      .map((kind) => client.watch(kind, ({ object }) => queue.add(object.metadata.name))),
  ];
  for (const namespace of client.list("Namespace")) queue.add(namespace.metadata.name);
  return {
    stop() {
      stops.forEach((stop) => stop());
      queue.stop();
    },
  };
}

function empty(cluster: Cluster, client: ControllerClient, name: string): void {
  for (const kind of contents) {
    for (const object of client.listAny(kind, name)) {
      if (object.metadata.deletionTimestamp === undefined) client.delete(object);
    }
  }
  if (contents.some((kind) => client.listAny(kind, name).length > 0)) return;
  finalize(cluster, name, { spec: { finalizers: [] } }, { manager: "namespace-controller" });
}
