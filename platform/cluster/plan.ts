import type { PlatformConfig } from "../config/schema.ts";
import { namespaces } from "../names.ts";

/** Everything that an EKS control plane logs. */
export const controlPlaneLogs = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

const accessPolicy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

/** Who gets in, as EKS access entries: administrators, and those who may look (at everything but Secrets). */
export function accessEntries({ admins, viewers }: Pick<PlatformConfig["cluster"], "admins" | "viewers">) {
  const entry = (policy: string) => (principalArn: string) => ({
    principalArn,
    accessPolicies: { cluster: { policyArn: accessPolicy(policy), accessScope: { type: "cluster" } } },
  });
  return Object.fromEntries([
    ...admins.map((role, index) => [`admin-${index}`, entry("AmazonEKSClusterAdminPolicy")(role)] as const),
    ...viewers.map((role, index) => [`viewer-${index}`, entry("AmazonEKSAdminViewPolicy")(role)] as const),
  ]);
}

/** Namespaces whose pods run on Fargate, five to a profile: ours, and those of tenants by their environment's name. */
export function fargateSelectors({ environments }: Pick<PlatformConfig, "environments">): { namespace: string }[][] {
  const all = [...Object.values(namespaces), ...environments.map((environment) => `${environment}-*`)];
  const profiles: { namespace: string }[][] = [];
  for (let at = 0; at < all.length; at += 5) profiles.push(all.slice(at, at + 5).map((namespace) => ({ namespace })));
  return profiles;
}

/** By what a pod gets its rights in AWS. The agent of Pod Identity runs on nodes, of which Fargate has none. */
export function podIdentity({ cluster }: Pick<PlatformConfig, "cluster">): "pod-identity" | "irsa" {
  if (cluster.existing) return cluster.existing.oidc ? "irsa" : "pod-identity";
  return cluster.compute === "fargate" ? "irsa" : "pod-identity";
}

/** Whether what a tenant's NetworkPolicies say holds for packets. */
export function packetsFiltered({ cluster }: Pick<PlatformConfig, "cluster">): boolean {
  return cluster.existing ? cluster.existing.packetsFiltered : cluster.compute !== "fargate";
}
