import { join } from "node:path";

/** Where a cluster keeps what: all of it below its state directory. */
export interface Layout {
  state: string;
  /** Certificates, keys and the files that configure the API server. */
  credentials: string;
  etcdData: string;
  /** The data of claims, in `<namespace>/<claim>`. */
  volumes: string;
  logs: string;
  auditLog: string;
  /** One `<component>.pid` for each process, and a `<component>.out` with what it announced. */
  processes: string;
  ports: string;
}

export function layoutOf(state: string): Layout {
  const logs = join(state, "logs");
  return {
    state,
    credentials: join(state, "credentials"),
    etcdData: join(state, "etcd"),
    volumes: join(state, "volumes"),
    logs,
    auditLog: join(logs, "audit.log"),
    processes: join(state, "processes"),
    ports: join(state, "ports.json"),
  };
}

/** Who has a kubeconfig: the administrator, those that act for the cluster, and Teal. */
export type Identity = "admin" | "controller-manager" | "scheduler" | "provisioner" | "node" | "gateway" | "teal";

export function kubeconfigOf(layout: Layout, identity: Identity): string {
  return join(layout.state, `${identity}.kubeconfig`);
}
