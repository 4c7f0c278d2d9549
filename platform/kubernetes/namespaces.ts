import type * as pulumi from "@pulumi/pulumi";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";

/** How strictly pods of a namespace are looked at: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurity = "restricted" | "baseline" | "privileged";

/** Metadata of one of the platform's namespaces. What is not enforced is warned of. */
export function namespaceMetadata(name: string, level: PodSecurity) {
  return {
    name,
    labels: {
      "app.kubernetes.io/managed-by": "pulumi",
      "pod-security.kubernetes.io/enforce": level,
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/audit": "restricted",
    },
  };
}

export function namespace(name: string, level: PodSecurity, options: pulumi.CustomResourceOptions): Namespace {
  return new Namespace(name, { metadata: namespaceMetadata(name, level) }, options);
}
