import { type Attempt, change, create, gateway, group, networking } from "./attempt.ts";

export const routes: readonly Attempt[] = [
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
