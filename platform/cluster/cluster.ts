import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { Cluster as EksCluster, type ClusterArgs as EksArgs } from "@pulumi/eks/cluster.js";
import { AuthenticationMode } from "@pulumi/eks/types/enums/index.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";
import type { Network } from "../network/network.ts";
import { tagsOf } from "../tags.ts";
import { addons } from "./addons.ts";
import { fargate } from "./fargate.ts";
import { nodes } from "./nodes.ts";
import { accessEntries, controlPlaneLogs } from "./plan.ts";

export interface ClusterArgs {
  config: PlatformConfig;
  network: Network;
  keys: { cluster: pulumi.Input<string>; disks: pulumi.Input<string>; logs: pulumi.Input<string> };
}

/** The EKS cluster with what its pods run on; or one of another team's, of which nothing is changed here. */
export class Cluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  /** What tells it from any other: Kubernetes resources are made anew where this changes. */
  readonly identifier: pulumi.Output<string>;
  /** Security group of the nodes, and so of the pods. */
  readonly nodeSecurityGroup: pulumi.Output<string>;
  /** Where pods get their rights by IRSA; null: by Pod Identity. */
  readonly oidc: { provider: pulumi.Output<string>; issuer: pulumi.Output<string> } | null;
  readonly kubernetes: Provider;

  constructor(name: string, args: ClusterArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Cluster", name, {}, options);
    const under = { parent: this };
    const { existing } = args.config.cluster;
    if (existing) {
      this.clusterName = pulumi.output(existing.name);
      this.identifier = pulumi.interpolate`arn:aws:eks:${args.config.region}:${args.config.account}:cluster/${existing.name}`;
      this.nodeSecurityGroup = pulumi.output(existing.nodeSecurityGroup);
      const { oidc } = existing;
      this.oidc = oidc ? { provider: pulumi.output(oidc.provider), issuer: pulumi.output(oidc.issuer) } : null;
      this.kubernetes = new Provider("cluster", providerArgs({ context: existing.context }, this.identifier), under);
    } else {
      const cluster = make(args, under);
      this.clusterName = cluster.eksCluster.name;
      this.identifier = cluster.eksCluster.arn;
      this.nodeSecurityGroup = cluster.eksCluster.vpcConfig.clusterSecurityGroupId;
      const issuer = cluster.oidcIssuer.apply((url) => url.replace("https://", ""));
      this.oidc = args.config.cluster.compute === "fargate" ? { provider: cluster.oidcProviderArn, issuer } : null;
      // It holds no credentials, just the command by which one gets them.
      const kubeconfig = cluster.kubeconfigJson;
      const provider = new Provider("cluster", providerArgs({ kubeconfig }, this.identifier), under);
      this.kubernetes = provider;
      reachable(args.config, this.nodeSecurityGroup, under);
      compute(args, cluster, under);
    }
    this.registerOutputs({});
  }
}

function providerArgs(
  access: { context: string } | { kubeconfig: pulumi.Input<string> },
  identifier: pulumi.Input<string>,
) {
  return { ...access, clusterIdentifier: identifier, enableServerSideApply: true, upsertExistingObjects: true };
}

function make({ config, network, keys }: ClusterArgs, options: pulumi.CustomResourceOptions): EksCluster {
  const { cluster, environment, protect } = config;
  const name = prefixOf(environment);
  // EKS would make it itself, to be kept for ever and without our key.
  const group = new LogGroup(
    "control-plane",
    { name: `/aws/eks/${name}/cluster`, kmsKeyId: keys.logs, retentionInDays: config.logs.retentionDays },
    options,
  );
  const tags = tagsOf(config);
  return new EksCluster(
    "cluster",
    {
      name,
      version: cluster.version,
      vpcId: network.vpcId,
      privateSubnetIds: network.privateSubnetIds,
      publicSubnetIds: network.publicSubnetIds,
      authenticationMode: AuthenticationMode.Api,
      accessEntries: accessEntries(cluster),
      endpointPrivateAccess: true,
      endpointPublicAccess: cluster.endpoint.publicCidrs.length > 0,
      publicAccessCidrs: cluster.endpoint.publicCidrs,
      encryptionConfigKeyArn: keys.cluster,
      enabledClusterLogTypes: [...controlPlaneLogs],
      deletionProtection: protect,
      createOidcProvider: true,
      // Nodes and their groups are made here, where policies can look at them.
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      createInstanceRole: false,
      tags,
      clusterTags: tags,
      ...computeArgs(config),
    },
    { ...options, dependsOn: [group] },
  );
}

function computeArgs({ cluster: { compute, addons: pinned } }: PlatformConfig): Partial<EksArgs> {
  if (compute === "auto") {
    return {
      autoMode: { enabled: true, createNodeRole: true, computeConfig: { nodePools: ["general-purpose", "system"] } },
      bootstrapSelfManagedAddons: false,
    };
  }
  return {
    vpcCniOptions: { addonVersion: pinned["vpc-cni"]!, enableNetworkPolicy: compute === "managed" },
    kubeProxyAddonOptions: { enabled: true, version: pinned["kube-proxy"]! },
    corednsAddonOptions: {
      enabled: true,
      version: pinned.coredns!,
      ...(compute === "fargate" && { configurationValues: { computeType: "Fargate" } }),
    },
    ...(compute === "fargate" && { fargate: { selectors: [{ namespace: "kube-system" }, { namespace: "default" }] } }),
  };
}

function compute(args: ClusterArgs, cluster: EksCluster, options: pulumi.CustomResourceOptions): void {
  const { compute } = args.config.cluster;
  const needs = compute === "managed" ? [nodes({ ...args, cluster }, options)] : [];
  if (compute === "fargate") fargate({ ...args, cluster }, options);
  addons({ config: args.config, cluster, key: args.keys.disks }, { ...options, dependsOn: needs });
}

/** The API server answers inside the VPC; this lets networks in that reach it by peering or VPN. */
function reachable(config: PlatformConfig, group: pulumi.Output<string>, options: pulumi.CustomResourceOptions): void {
  for (const cidrIpv4 of config.cluster.endpoint.privateCidrs) {
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "The Kubernetes API" };
    new SecurityGroupIngressRule(`api-${cidrIpv4}`, { securityGroupId: group, cidrIpv4, ...https }, options);
  }
}
