import { type Attempt, change, create, group, type Place, rbac } from "./attempt.ts";

const roleBinding = (name: string, role: string) => (place: Place) => ({
  apiVersion: rbac,
  kind: "RoleBinding",
  metadata: { name },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
  subjects: [{ kind: "ServiceAccount", name: "app", namespace: place.own }],
});

export const rights: readonly Attempt[] = [
  change(
    "widen the application's Role",
    ({ own }) => group(rbac, own, "roles/app"),
    () => ({ rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] }] }),
  ),
  create(
    "bind the application to `admin`",
    ({ own }) => group(rbac, own, "rolebindings"),
    roleBinding("more", "admin"),
  ),
  create(
    "bind the application to `cluster-admin`",
    ({ own }) => group(rbac, own, "rolebindings"),
    roleBinding("all", "cluster-admin"),
  ),
  create(
    "bind it to `cluster-admin` in all namespaces",
    () => `/apis/${rbac}/clusterrolebindings`,
    (place) => ({ ...roleBinding("all", "cluster-admin")(place), kind: "ClusterRoleBinding" }),
  ),
];
