import { join } from "node:path";
import type { Build } from "./build.ts";
import { nodeName } from "./credentials.ts";
import { kubeconfigOf, type Layout } from "./layout.ts";
import type { Ports } from "./ports.ts";

/** In the order in which they start: the control plane, then what runs pods and leads traffic to them. */
export const componentNames = ["etcd", "kube-apiserver", "kube-controller-manager", "node", "gateway"] as const;
export type ComponentName = (typeof componentNames)[number];

/** A process of the cluster, as it is started. */
export interface Component {
  name: ComponentName;
  program: string;
  args: string[];
  /** Instead of our own environment, where it has settings in it. */
  env?: Record<string, string>;
}

const loopback = "127.0.0.1";

export function etcd(build: Build, layout: Layout, ports: Ports): Component {
  const credential = credentialsIn(layout);
  const client = `https://${loopback}:${ports.etcd}`;
  const peer = `https://${loopback}:${ports.etcdPeer}`;
  const flags = {
    name: "teal",
    "data-dir": layout.etcdData,
    "listen-client-urls": client,
    "advertise-client-urls": client,
    "listen-peer-urls": peer,
    "initial-advertise-peer-urls": peer,
    "initial-cluster": `teal=${peer}`,
    "client-cert-auth": true,
    "trusted-ca-file": credential("etcd-ca.crt"),
    "cert-file": credential("etcd.crt"),
    "key-file": credential("etcd.key"),
    "peer-client-cert-auth": true,
    "peer-trusted-ca-file": credential("etcd-ca.crt"),
    "peer-cert-file": credential("etcd.crt"),
    "peer-key-file": credential("etcd.key"),
    "log-level": "warn",
    // Tests write much and a machine that loses its power loses a test, no more.
    "unsafe-no-fsync": true,
  };
  return { name: "etcd", program: build.etcd, args: toArgs(flags) };
}

export function apiserver(build: Build, layout: Layout, ports: Ports): Component {
  const credential = credentialsIn(layout);
  const flags = {
    "bind-address": loopback,
    "advertise-address": loopback,
    "secure-port": ports.apiserver,
    // Endpoints in 127.0.0.0/8 are invalid, so the `kubernetes` service can have none.
    "endpoint-reconciler-type": "none",
    "etcd-servers": `https://${loopback}:${ports.etcd}`,
    "etcd-cafile": credential("etcd-ca.crt"),
    "etcd-certfile": credential("apiserver-to-etcd.crt"),
    "etcd-keyfile": credential("apiserver-to-etcd.key"),
    "encryption-provider-config": credential("encryption.yaml"),

    "tls-cert-file": credential("apiserver.crt"),
    "tls-private-key-file": credential("apiserver.key"),
    "client-ca-file": credential("ca.crt"),
    "anonymous-auth": false,
    "requestheader-client-ca-file": credential("front-proxy-ca.crt"),
    "requestheader-allowed-names": "front-proxy-client",
    "authorization-mode": "Node,RBAC",
    "enable-admission-plugins": "NodeRestriction,PodSecurity",
    // As on any cluster one can rent: privileged pods are for Pod Security to refuse, namespace by namespace.
    "allow-privileged": true,
    profiling: false,

    "service-cluster-ip-range": "127.96.0.0/16",
    "service-account-issuer": "https://kubernetes.default.svc",
    "service-account-key-file": credential("service-accounts.pub"),
    "service-account-signing-key-file": credential("service-accounts.key"),
    "kubelet-certificate-authority": credential("ca.crt"),
    "kubelet-client-certificate": credential("apiserver-to-kubelet.crt"),
    "kubelet-client-key": credential("apiserver-to-kubelet.key"),
    "kubelet-preferred-address-types": "InternalIP",

    "audit-policy-file": credential("audit-policy.yaml"),
    "audit-log-path": layout.auditLog,
    "audit-log-maxsize": 100,
    "audit-log-maxbackup": 2,
  };
  return { name: "kube-apiserver", program: build.apiserver, args: toArgs(flags) };
}

export function controllerManager(build: Build, layout: Layout, ports: Ports): Component {
  const credential = credentialsIn(layout);
  const kubeconfig = kubeconfigOf(layout, "controller-manager");
  const flags = {
    "bind-address": loopback,
    "secure-port": ports.controllerManager,
    "tls-cert-file": credential("controller-manager.crt"),
    "tls-private-key-file": credential("controller-manager.key"),
    kubeconfig,
    "authentication-kubeconfig": kubeconfig,
    "authorization-kubeconfig": kubeconfig,
    // Each controller with the rights of its own service account, not with all of them.
    "use-service-account-credentials": true,
    "root-ca-file": credential("ca.crt"),
    "service-account-private-key-file": credential("service-accounts.key"),
    "cluster-signing-cert-file": credential("ca.crt"),
    "cluster-signing-key-file": credential("ca.key"),
    "leader-elect": false,
    profiling: false,
  };
  return { name: "kube-controller-manager", program: build.controllerManager, args: toArgs(flags) };
}

/** The sandbox's node, bound to this cluster's pods by a scheduler's identity (there is no scheduler), with volumes by a provisioner's. */
export function node(layout: Layout): Component {
  const credential = credentialsIn(layout);
  return sandboxProcess(layout, "node", {
    KUBECONFIG: kubeconfigOf(layout, "node"),
    SANDBOX_NODE_NAME: nodeName,
    SANDBOX_SCHEDULER_KUBECONFIG: kubeconfigOf(layout, "scheduler"),
    SANDBOX_PROVISIONER_KUBECONFIG: kubeconfigOf(layout, "provisioner"),
    SANDBOX_VOLUMES: layout.volumes,
    SANDBOX_TLS_CERT: credential("kubelet.crt"),
    SANDBOX_TLS_KEY: credential("kubelet.key"),
    SANDBOX_CLIENT_CA: credential("ca.crt"),
  });
}

/** The sandbox's gateway. */
export function gateway(layout: Layout, ports: Ports): Component {
  return sandboxProcess(layout, "gateway", {
    KUBECONFIG: kubeconfigOf(layout, "gateway"),
    GATEWAY_PORT: String(ports.gateway),
    GATEWAY_ADMIN_PORT: String(ports.gatewayAdmin),
  });
}

function sandboxProcess(layout: Layout, name: "node" | "gateway", env: Record<string, string>): Component {
  const entry = join(import.meta.dirname, "..", "sandbox", name, "main.ts");
  const inherited = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  // It reads its environment only: the argument is for whoever looks at processes, to tell whose it is.
  return { name, program: process.execPath, args: [entry, layout.state], env: { ...inherited, ...env } };
}

function credentialsIn(layout: Layout): (name: string) => string {
  return (name) => join(layout.credentials, name);
}

function toArgs(flags: Record<string, string | number | boolean>): string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}
