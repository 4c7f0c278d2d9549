import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { PlatformConfig } from "../config/schema.ts";
import { splitsByAlb } from "../edge/albPlan.ts";
import { readDocuments, type KubernetesObject } from "../kubernetes/documents.ts";
import { namespaces } from "../names.ts";
import { allowedRegistries } from "../registry/plan.ts";

const directory = join(import.meta.dirname, "..", "cluster-policies");
/** What is not for AWS: the rights of the sandbox's gateway, and its images, which are written anew below. */
const elsewhere = ["gateway.yaml", "images.yaml"];

/** Teal's rights, and the policies that keep tenants apart, with the registries of this account. */
export function clusterPolicies(config: PlatformConfig): KubernetesObject[] {
  const left = splitsByAlb(config) ? elsewhere : [...elsewhere, "ingress.yaml"];
  const files = readdirSync(directory).filter((name) => name.endsWith(".yaml") && !left.includes(name));
  return [...files.toSorted().flatMap((name) => readDocuments(join(directory, name))), images(config)];
}

/** Which images tenants may run: of these registries, and by digest only, which is what was signed. */
function images(config: PlatformConfig): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "teal-images", namespace: namespaces.teal },
    data: { registries: `${allowedRegistries(config).join("\n")}\n`, digests: "true" },
  };
}

/** Sigstore's policy controller: it looks at pods of tenants, and at no others, so that it can't keep the cluster itself down. */
export function admissionValues(annotations: Record<string, unknown>) {
  return {
    webhook: {
      replicaCount: 2,
      // What no policy is for is for the list of registries to decide.
      configData: { "no-match-policy": "allow" },
      failurePolicy: "Fail",
      namespaceSelector: { matchExpressions: [{ key: "teal.dev/tenant", operator: "Exists" }] },
      serviceAccount: { create: true, name: signatureAccount, annotations },
    },
  };
}
export const signatureAccount = "policy-controller";

/** Images of our registry have to be signed with our key. `publicKey`: PEM. */
export function imagePolicy<Key>(config: PlatformConfig, publicKey: Key) {
  const [ours] = allowedRegistries(config);
  return {
    apiVersion: "policy.sigstore.dev/v1beta1",
    kind: "ClusterImagePolicy",
    metadata: { name: "teal-signed" },
    spec: {
      images: [{ glob: `${ours!}**` }],
      authorities: [{ name: "pipelines", key: { data: publicKey, hashAlgorithm: "sha256" } }],
    },
  };
}
