import type { networking } from "@pulumi/kubernetes/types/input.js";
import type { PlatformConfig } from "../config/schema.ts";
import { splitsByAlb } from "../edge/albPlan.ts";
import { publicRanges } from "../network/plan.ts";
import { apiHost, gateway, gatewayService, namespaces } from "../names.ts";
import { labelsOf, metricsPort, nameOf, namespace, port, selectorOf } from "./names.ts";

const from = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
/** Pods of kube-prometheus-stack, as its operator labels them. */
const watching = (...names: string[]) => ({
  ...from(namespaces.monitoring),
  podSelector: { matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: names }] },
});
const tcp = (...ports: number[]) => ports.map((one) => ({ protocol: "TCP", port: one }));
const labels = { "app.kubernetes.io/part-of": "teal", "app.kubernetes.io/managed-by": "pulumi" };

/** What may reach Teal's pods and where they may go; by name, nothing else passes in their namespace. */
export function networkPolicies(config: PlatformConfig, cidr: string) {
  const byAlb = splitsByAlb(config);
  const requests = byAlb
    ? publicRanges(config).map((range) => ({ ipBlock: { cidr: range } }))
    : [from(gateway.namespace)];
  const policy = (name: string, spec: networking.v1.NetworkPolicySpec) => ({
    metadata: { name, namespace, labels },
    spec,
  });
  const everyPod = { podSelector: {} };
  return [
    policy("default-deny", { ...everyPod, policyTypes: ["Ingress", "Egress"] }),
    policy("allow-server", {
      podSelector: { matchLabels: selectorOf("server") },
      policyTypes: ["Ingress"],
      ingress: [
        { from: requests, ports: tcp(port) },
        // Who asks for figures, and who tells alerts.
        { from: [watching("prometheus", "alertmanager")], ports: tcp(port) },
      ],
    }),
    policy("allow-worker", {
      podSelector: { matchLabels: selectorOf("worker") },
      policyTypes: ["Ingress"],
      ingress: [{ from: [watching("prometheus")], ports: tcp(metricsPort) }],
    }),
    policy("allow-egress", {
      ...everyPod,
      policyTypes: ["Egress"],
      egress: [
        { to: [from("kube-system")], ports: [{ protocol: "UDP", port: 53 }, ...tcp(53)] },
        // A load balancer is reached by its public addresses, below.
        ...(byAlb
          ? []
          : [{ to: [from(gateway.namespace)], ports: tcp(gatewayService.port, gatewayService.metricsPort) }]),
        { to: [from(namespaces.monitoring)], ports: tcp(9090) },
        // The database, and the Kubernetes API, whose address is in the VPC.
        { to: [{ ipBlock: { cidr } }], ports: tcp(5432, 443) },
        // Pod Identity's agent on the node.
        { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: tcp(80) },
        // AWS, and webhooks, whose addresses Teal itself looks at.
        {
          to: [
            {
              ipBlock: {
                cidr: "0.0.0.0/0",
                except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"],
              },
            },
          ],
          ports: tcp(443),
        },
      ],
    }),
  ];
}

/** Teal's API at its host name; the load balancer lets only those in who may. */
export function apiRoute({ domain }: Pick<PlatformConfig, "domain">) {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "teal", namespace, labels: labelsOf("server") },
    spec: {
      parentRefs: [
        {
          group: "gateway.networking.k8s.io",
          kind: "Gateway",
          name: gateway.name,
          namespace: gateway.namespace,
          sectionName: "api",
        },
      ],
      hostnames: [apiHost(domain.name)],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ group: "", kind: "Service", name: nameOf("server"), port: 80, weight: 1 }],
        },
      ],
    },
  };
}
