/** Objects such as Teal's, small enough to read. */

export const configMap = (name: string, data: Record<string, string> = { a: "a" }) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  data,
});

const labels = { "teal.dev/color": "blue" };

export const deployment = (name: string) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, labels: { a: "a" } },
  spec: {
    // None, so that no controller has anything to do.
    replicas: 0,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: "web",
            image: "teal/app:1.0.0",
            ports: [{ name: "http", containerPort: 8080 }],
            env: [{ name: "A", value: "1" }],
            readinessProbe: { httpGet: { path: "/healthz", port: "http" } },
            resources: { requests: { cpu: "100m", memory: "128Mi" } },
          },
        ],
      },
    },
  },
});

export const httpRoute = (name: string, weight: number) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name },
  spec: {
    parentRefs: [{ name: "teal", namespace: "teal-system" }],
    hostnames: ["acme.example.test"],
    rules: [
      {
        matches: [{ headers: [{ name: "x-teal-preview", value: "token" }] }],
        backendRefs: [{ name: "green", port: 80 }],
      },
      {
        backendRefs: [
          { name: "blue", port: 80, weight },
          { name: "green", port: 80, weight: 100 - weight },
        ],
      },
    ],
  },
});

/** One of each kind that a tenant has, with the path that it is applied to. */
export function tenantObjects(namespace: string): { path: string; object: object }[] {
  const at = (api: string, plural: string, name: string, object: object) => ({
    path: `${api}/namespaces/${namespace}/${plural}/${name}`,
    object: { ...object, metadata: { name, labels: { "app.kubernetes.io/managed-by": "teal" } } },
  });
  const core = (kind: string, plural: string, name: string, rest: object) =>
    at("/api/v1", plural, name, { apiVersion: "v1", kind, ...rest });
  const other = (group: string, kind: string, plural: string, name: string, rest: object) =>
    at(`/apis/${group}/v1`, plural, name, { apiVersion: `${group}/v1`, kind, ...rest });
  const rbac = "rbac.authorization.k8s.io";
  return [
    core("ResourceQuota", "resourcequotas", "quota", { spec: { hard: { pods: "10", "requests.cpu": "1500m" } } }),
    core("LimitRange", "limitranges", "limits", {
      spec: { limits: [{ type: "Container", default: { cpu: "500m" }, defaultRequest: { cpu: "100m" } }] },
    }),
    core("ServiceAccount", "serviceaccounts", "app", { automountServiceAccountToken: false }),
    core("Secret", "secrets", "blue-secrets", { type: "Opaque", stringData: { KEY: "value" } }),
    core("Service", "services", "blue", {
      spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] },
    }),
    other(rbac, "Role", "roles", "app", {
      rules: [{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["a"], verbs: ["get"] }],
    }),
    other(rbac, "RoleBinding", "rolebindings", "app", {
      roleRef: { apiGroup: rbac, kind: "Role", name: "app" },
      subjects: [{ kind: "ServiceAccount", name: "app", namespace }],
    }),
    other("networking.k8s.io", "NetworkPolicy", "networkpolicies", "default-deny", {
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    }),
    other("policy", "PodDisruptionBudget", "poddisruptionbudgets", "blue-web", {
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    }),
    other("apps", "Deployment", "deployments", "blue-web", { spec: deployment("blue-web").spec }),
  ];
}
