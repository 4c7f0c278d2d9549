import { type Attempt, change, core, create, group, networking, remove } from "./attempt.ts";

export const ground: readonly Attempt[] = [
  change(
    "raise one's own quota",
    ({ own }) => core(own, "resourcequotas/quota"),
    () => ({ spec: { hard: { pods: "1000" } } }),
  ),
  remove("remove one's own quota", ({ own }) => core(own, "resourcequotas/quota")),
  change(
    "raise the limits of one's containers",
    ({ own }) => core(own, "limitranges/limits"),
    () => ({ spec: { limits: [] } }),
  ),
  change(
    "loosen Pod Security of one's own namespace",
    ({ own }) => `/api/v1/namespaces/${own}`,
    () => ({ metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } }),
  ),
  change(
    "take the label off by which policies know a tenant",
    ({ own }) => `/api/v1/namespaces/${own}`,
    () => ({ metadata: { labels: { "teal.dev/tenant": null } } }),
  ),
  remove("remove one's own namespace", ({ own }) => `/api/v1/namespaces/${own}`),
  remove("remove a NetworkPolicy", ({ own }) => group(networking, own, "networkpolicies/default-deny")),
  remove("remove all NetworkPolicies", ({ own }) => group(networking, own, "networkpolicies")),
  create(
    "add a NetworkPolicy that allows everything",
    ({ own }) => group(networking, own, "networkpolicies"),
    () => ({
      apiVersion: networking,
      kind: "NetworkPolicy",
      metadata: { name: "open" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] },
    }),
  ),
];
