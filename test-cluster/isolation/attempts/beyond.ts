import { service } from "../objects.ts";
import { type Attempt, change, core, create, group, rbac, remove } from "./attempt.ts";

const everywhere = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" };
const account = { kind: "ServiceAccount", name: "teal", namespace: "teal-system" };

/** What whoever has stolen Teal's own credential can't do. */
export const beyond: readonly Attempt[] = [
  create(
    "write outside of tenants' namespaces",
    () => core("kube-system", "configmaps"),
    () => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "teal-was-here" } }),
  ),
  remove("remove another namespace than a tenant's", () => "/api/v1/namespaces/kube-node-lease"),
  change(
    "make another namespace a tenant's",
    () => "/api/v1/namespaces/kube-system",
    () => ({ metadata: { labels: { "teal.dev/tenant": "mine" } } }),
  ),
  create(
    "make a namespace that is no tenant's",
    () => "/api/v1/namespaces",
    () => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: "hidden" } }),
  ),
  create(
    "bind itself to `cluster-admin`",
    () => `/apis/${rbac}/clusterrolebindings`,
    () => ({
      apiVersion: rbac,
      kind: "ClusterRoleBinding",
      metadata: { name: "teal-more" },
      roleRef: everywhere,
      subjects: [account],
    }),
  ),
  create(
    "bind somebody to `cluster-admin` in a tenant's namespace",
    ({ own }) => group(rbac, own, "rolebindings"),
    () => ({
      apiVersion: rbac,
      kind: "RoleBinding",
      metadata: { name: "more" },
      roleRef: everywhere,
      subjects: [account],
    }),
  ),
  change(
    "grant a tenant a right that Teal lacks",
    ({ own }) => group(rbac, own, "roles/app"),
    () => ({ rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }] }),
  ),
  create(
    "run a command in a tenant's pods",
    ({ own, pod }) => core(own, `pods/${pod}/exec?command=sh`),
    () => ({}),
  ),
  create(
    "open a tenant's Service to the outside",
    ({ own }) => core(own, "services"),
    () => service({ type: "LoadBalancer" }),
  ),
];
