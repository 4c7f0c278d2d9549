import type { TenantDataOutputs } from "../../model/tenantData.ts";
import type { TenantSpec } from "../spec.ts";
import { portName } from "./names.ts";

/** Private and link-local ranges: other tenants, nodes, the cloud's metadata address (169.254.169.254, fd00:ec2::254). */
const privateIPv4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
];
const privateIPv6 = ["::1/128", "fc00::/7", "fe80::/10"];

/** Where requests come from: the Gateway's proxies, or the load balancer itself. */
function requestsFrom({ routing, gateway }: TenantSpec) {
  if (routing) return routing.cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  return [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": gateway.namespace } } }];
}

/**
 * The namespace's NetworkPolicies by name: nothing may pass but requests from the gateway, DNS and the public internet.
 * Pods of one tenant have no business with each other either, so there is no rule for the namespace itself.
 */
export function networkPolicies(spec: TenantSpec, held?: TenantDataOutputs) {
  return {
    "default-deny": { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    // The port by its name: two releases may listen on different ones.
    "allow-gateway": {
      podSelector: { matchLabels: { "app.kubernetes.io/component": "web" } },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: requestsFrom(spec),
          ports: [{ protocol: "TCP", port: portName }],
        },
      ],
    },
    "allow-egress": {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        {
          to: [
            { ipBlock: { cidr: "0.0.0.0/0", except: privateIPv4 } },
            { ipBlock: { cidr: "::/0", except: privateIPv6 } },
          ],
        },
        ...(held ? toHeld(held) : []),
      ],
    },
  };
}

/**
 * The way to what the tenant has on AWS: its database, AWS's endpoints in the VPC, and the agent on each node that hands out the role.
 * Security groups, and each tenant's own policy of what may come in, keep it from all else that has an address there.
 */
function toHeld({ database, network, role }: TenantDataOutputs) {
  const tcp = (port: number) => ({ protocol: "TCP", port });
  const inside = [tcp(443), ...(database ? [tcp(database.port)] : [])];
  const agent = { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [tcp(80)] };
  return [
    { to: [{ ipBlock: { cidr: network.cidr } }], ports: inside },
    ...(role.identity === "pod-identity" ? [agent] : []),
  ];
}
