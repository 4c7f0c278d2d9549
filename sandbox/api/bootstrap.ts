import type { Cluster } from "./cluster.ts";
import { create } from "./create.ts";
import { kindNamed, resourceOf } from "./kinds.ts";
import { patch, patchTypes } from "./patch.ts";

const namespaces = ["default", "kube-system", "kube-public", "kube-node-lease", "teal-system"];
const options = { manager: "sandbox" };

/** Makes what every cluster has, and the Gateway that tenants' routes hang on, where it is missing. */
export function bootstrap(cluster: Cluster, gatewayPort: number): void {
  for (const name of namespaces) ensure(cluster, "Namespace", undefined, name, {});
  ensure(cluster, "StorageClass", undefined, "standard", {
    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    // The node's: see sandbox/node/provisioner.ts.
    provisioner: "teal.dev/directory",
    allowVolumeExpansion: true,
  });
  ensure(cluster, "GatewayClass", undefined, "teal", { spec: { controllerName: "teal.dev/gateway" } });
  const listener = {
    name: "http",
    protocol: "HTTP",
    port: gatewayPort,
    allowedRoutes: { namespaces: { from: "All" } },
  };
  const spec = { gatewayClassName: "teal", listeners: [listener] };
  ensure(cluster, "Gateway", "teal-system", "teal", { spec });
  // The port may be another than at the last start. Listeners that others have added are theirs.
  const others = listenersOf(cluster).filter(({ name }) => name !== listener.name);
  const listeners = [listener, ...others];
  patch(cluster, kindNamed("Gateway"), "teal-system", "teal", patchTypes.merge, { spec: { listeners } }, options);
}

function listenersOf(cluster: Cluster): { name: string }[] {
  const gateway = cluster.store.get(resourceOf(kindNamed("Gateway")), "teal-system", "teal");
  return (gateway?.["spec"] as { listeners?: { name: string }[] } | undefined)?.listeners ?? [];
}

interface Made {
  annotations?: Record<string, string>;
  [field: string]: unknown;
}

function ensure(
  cluster: Cluster,
  kindName: string,
  namespace: string | undefined,
  name: string,
  { annotations, ...body }: Made,
): void {
  const kind = kindNamed(kindName);
  if (cluster.store.get(resourceOf(kind), namespace, name) !== undefined) return;
  create(cluster, kind, namespace, { ...body, metadata: { name, ...(annotations && { annotations }) } }, options);
}
