/** A pod as a tenant may have one, with `changes` to its spec and to its container. */
export function pod(changes: object, container: object = {}) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { generateName: "extra-", labels: { "teal.dev/test": "extra" } },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "app",
          image: "teal/app:1.0.0",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          ...container,
        },
      ],
      ...changes,
    },
  };
}

export const privileged = pod({}, { securityContext: { privileged: true } });

/** A Service as a tenant may have one, with `changes` to its spec. */
export function service(changes: object) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { generateName: "extra-" },
    spec: { type: "ClusterIP", selector: { app: "extra" }, ports: [{ port: 80 }], ...changes },
  };
}
