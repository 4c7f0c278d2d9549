import { stringify } from "yaml";

/** Secrets are encrypted at rest with this key (32 bytes). */
export function encryptionConfiguration(key: Buffer): string {
  return stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
      {
        resources: ["secrets"],
        providers: [{ secretbox: { keys: [{ name: "key1", secret: key.toString("base64") }] } }, { identity: {} }],
      },
    ],
  });
}

/**
 * Who changed what, and what was refused and why, but no contents: they may be secret. Leases and events are left out,
 * they come every few seconds and say nothing of who did what.
 */
export function auditPolicy(): string {
  return stringify({
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived"],
    rules: [
      { level: "None", resources: [{ group: "coordination.k8s.io" }, { group: "", resources: ["events"] }] },
      { level: "Metadata", resources: [{ group: "", resources: ["secrets"] }] },
      // The control plane's own reads; anyone else's are evidence when isolation is tested.
      { level: "None", verbs: ["get", "list", "watch"], userGroups: ["system:masters", "system:nodes"] },
      {
        level: "None",
        verbs: ["get", "list", "watch"],
        users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler"],
      },
      { level: "None", verbs: ["get", "list", "watch"], userGroups: ["system:serviceaccounts:kube-system"] },
      { level: "Metadata" },
    ],
  });
}
