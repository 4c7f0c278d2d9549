import type * as pulumi from "@pulumi/pulumi";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";

/** Every Helm chart that the platform installs, pinned. A new version is a change of this table, and so has a preview. */
export const charts = {
  "aws-load-balancer-controller": { version: "3.5.0", repo: "https://aws.github.io/eks-charts" },
  "cluster-autoscaler": { version: "9.59.0", repo: "https://kubernetes.github.io/autoscaler" },
  "external-dns": { version: "1.21.1", repo: "https://kubernetes-sigs.github.io/external-dns/" },
  "external-secrets": { version: "2.9.0", repo: "https://charts.external-secrets.io" },
  "fluent-bit": { version: "0.58.1", repo: "https://fluent.github.io/helm-charts" },
  "gateway-helm": { version: "v1.9.0", repo: "oci://docker.io/envoyproxy" },
  "kube-prometheus-stack": { version: "88.5.3", repo: "https://prometheus-community.github.io/helm-charts" },
  "policy-controller": { version: "0.10.6", repo: "https://sigstore.github.io/helm-charts" },
  datadog: { version: "3.72.1", repo: "https://helm.datadoghq.com" },
} as const;
export type Chart = keyof typeof charts;

export interface ChartArgs {
  namespace: pulumi.Input<string>;
  values: Record<string, unknown>;
}

/** Installs a chart, all or nothing. */
export function chart(name: Chart, { namespace, values }: ChartArgs, options: pulumi.CustomResourceOptions): Release {
  const { version, repo } = charts[name];
  const where = repo.startsWith("oci://") ? { chart: `${repo}/${name}` } : { chart: name, repositoryOpts: { repo } };
  return new Release(name, { name, ...where, version, namespace, values, atomic: true, timeout: 600 }, options);
}
