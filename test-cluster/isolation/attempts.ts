import type { Asked } from "../support/identity.ts";
import { pod, privileged, service } from "./objects.ts";

/** Where an attempt is made: the tenant's own namespace, and another's. */
export interface Place {
  own: string;
  other: string;
  /** A pod of the tenant's that runs. */
  pod: string;
  /** The other tenant's host name, and the address of a pod of its. */
  otherHost: string;
  otherAddress: string;
}

/** Something that nobody in a tenant's namespace may do. */
export interface Attempt {
  what: string;
  asked: (place: Place) => Asked;
  /** How often it may go well before it must not: pods fill a quota one by one. */
  upTo?: number;
}

const core = (namespace: string, rest: string) => `/api/v1/namespaces/${namespace}/${rest}`;
const group = (name: string, namespace: string, rest: string) => `/apis/${name}/namespaces/${namespace}/${rest}`;
const networking = "networking.k8s.io/v1";
const rbac = "rbac.authorization.k8s.io/v1";
const gateway = "gateway.networking.k8s.io/v1";

const get = (what: string, path: (place: Place) => string): Attempt => ({
  what,
  asked: (place) => ({ method: "GET", path: path(place) }),
});
const remove = (what: string, path: (place: Place) => string): Attempt => ({
  what,
  asked: (place) => ({ method: "DELETE", path: path(place) }),
});
const change = (what: string, path: (place: Place) => string, body: (place: Place) => object): Attempt => ({
  what,
  asked: (place) => ({ method: "PATCH", path: path(place), body: body(place) }),
});
const create = (what: string, path: (place: Place) => string, body: (place: Place) => object): Attempt => ({
  what,
  asked: (place) => ({ method: "POST", path: path(place), body: body(place) }),
});

const others: Attempt[] = [
  get("read another tenant's Secrets", ({ other }) => core(other, "secrets")),
  get("read its settings", ({ other }) => core(other, "configmaps/blue-config")),
  get("read its pods' logs", ({ other }) => core(other, "pods/any/log")),
  create(
    "run a command in its pods",
    ({ other }) => core(other, "pods/any/exec?command=sh"),
    () => ({}),
  ),
  change(
    "change its settings",
    ({ other }) => core(other, "configmaps/blue-config"),
    () => ({ data: { greeting: "mine" } }),
  ),
  change(
    "send its traffic elsewhere",
    ({ other }) => group(gateway, other, "httproutes/app"),
    () => ({ spec: { hostnames: ["x.example.com"] } }),
  ),
  remove("remove its Deployment", ({ other }) => group("apps/v1", other, "deployments/blue-web")),
  get("list all tenants' namespaces", () => "/api/v1/namespaces"),
  create(
    "get a token of Teal's own",
    () => core("teal-system", "serviceaccounts/teal/token"),
    () => ({ apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} }),
  ),
];

const ground: Attempt[] = [
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

const roleBinding = (name: string, role: string) => (place: Place) => ({
  apiVersion: rbac,
  kind: "RoleBinding",
  metadata: { name },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
  subjects: [{ kind: "ServiceAccount", name: "app", namespace: place.own }],
});

const rights: Attempt[] = [
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

const newPod = (what: string, body: object): Attempt =>
  create(
    what,
    ({ own }) => core(own, "pods"),
    () => body,
  );

const pods: Attempt[] = [
  newPod("a privileged pod", privileged),
  newPod("a pod with a hostPath", pod({ volumes: [{ name: "host", hostPath: { path: "/" } }] })),
  newPod("a pod on the host's network", pod({ hostNetwork: true })),
  newPod("a pod that runs as root", pod({ securityContext: { runAsUser: 0 } })),
  newPod("a pod of an image from an unlisted registry", pod({}, { image: "docker.io/library/alpine:3.22" })),
  newPod("a pod of a registry named like a listed one", pod({}, { image: "teal.example.org/teal/app:1.0.0" })),
  change(
    "add a container of such an image to a pod that runs",
    ({ own, pod }) => core(own, `pods/${pod}/ephemeralcontainers`),
    () => ({
      spec: { ephemeralContainers: [{ ...pod({}).spec.containers[0], name: "debug", image: "alpine:3.22" }] },
    }),
  ),
  newPod("a pod of the system's priority", pod({ priorityClassName: "system-cluster-critical" })),
  newPod(
    "a container larger than its tier's",
    pod({}, { resources: { limits: { cpu: "64" }, requests: { cpu: "1m" } } }),
  ),
  { ...newPod("pods over quota", pod({})), upTo: 10 },
];

const newService = (what: string, spec: object | ((place: Place) => object)): Attempt =>
  create(
    what,
    ({ own }) => core(own, "services"),
    (place) => service(typeof spec === "function" ? spec(place) : spec),
  );

const services: Attempt[] = [
  newService("a Service of type LoadBalancer", { type: "LoadBalancer" }),
  newService("a Service of type NodePort", { type: "NodePort" }),
  newService("a Service with externalIPs", { externalIPs: ["203.0.113.1"] }),
  newService("a Service that stands for another tenant's", ({ other }) => ({
    type: "ExternalName",
    externalName: `blue.${other}.svc.cluster.local`,
  })),
  change(
    "make one's own Service a NodePort",
    ({ own }) => core(own, "services/blue"),
    () => ({ spec: { type: "NodePort" } }),
  ),
  change(
    "give one's own Service a load balancer's address",
    ({ own }) => core(own, "services/blue/status"),
    () => ({ status: { loadBalancer: { ingress: [{ ip: "203.0.113.1" }] } } }),
  ),
  create(
    "Endpoints that lead to another tenant's pod",
    ({ own }) => core(own, "endpoints"),
    ({ otherAddress }) => ({
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "elsewhere" },
      subsets: [{ addresses: [{ ip: otherAddress }], ports: [{ port: 8080 }] }],
    }),
  ),
  create(
    "an EndpointSlice that does",
    ({ own }) => group("discovery.k8s.io/v1", own, "endpointslices"),
    ({ otherAddress }) => ({
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "elsewhere", labels: { "kubernetes.io/service-name": "blue" } },
      addressType: "IPv4",
      endpoints: [{ addresses: [otherAddress] }],
      ports: [{ name: "http", port: 8080 }],
    }),
  ),
  change(
    "give one's own pod the address of another tenant's",
    ({ own, pod }) => core(own, `pods/${pod}/status`),
    ({ otherAddress }) => ({ status: { podIP: otherAddress, podIPs: [{ ip: otherAddress }] } }),
  ),
];

const routes: Attempt[] = [
  create(
    "a route of one's own for another tenant's host name",
    ({ own }) => group(gateway, own, "httproutes"),
    ({ otherHost }) => ({
      apiVersion: gateway,
      kind: "HTTPRoute",
      metadata: { name: "theirs" },
      spec: {
        parentRefs: [{ name: "teal", namespace: "teal-system" }],
        hostnames: [otherHost],
        rules: [{ backendRefs: [{ name: "blue", port: 80 }] }],
      },
    }),
  ),
  change(
    "add another tenant's host name to one's own route",
    ({ own }) => group(gateway, own, "httproutes/app"),
    ({ otherHost }) => ({ spec: { hostnames: [otherHost] } }),
  ),
  create(
    "an Ingress for another tenant's host name",
    ({ own }) => group(networking, own, "ingresses"),
    ({ otherHost }) => ({
      apiVersion: networking,
      kind: "Ingress",
      metadata: { name: "theirs" },
      spec: {
        rules: [
          {
            host: otherHost,
            http: {
              paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "blue", port: { number: 80 } } } }],
            },
          },
        ],
      },
    }),
  ),
];

export const attempts: readonly Attempt[] = [...others, ...ground, ...rights, ...pods, ...services, ...routes];
