import { service } from "../objects.ts";
import { type Attempt, change, core, create, group, type Place } from "./attempt.ts";

const newService = (what: string, spec: object | ((place: Place) => object)): Attempt =>
  create(
    what,
    ({ own }) => core(own, "services"),
    (place) => service(typeof spec === "function" ? spec(place) : spec),
  );

export const services: readonly Attempt[] = [
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
