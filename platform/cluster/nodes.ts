import type * as pulumi from "@pulumi/pulumi";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Cluster as EksCluster } from "@pulumi/eks/cluster.js";
import { serviceTrust } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";
import { tagsOf } from "../tags.ts";
import type { ClusterArgs } from "./cluster.ts";

/** AWS's own policies for what a node itself does. Pods don't get these: they can't reach the node's credentials. */
const nodePolicies = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"];

/** Nodes of Bottlerocket, which has no shell to break into, spread over the zones. */
export function nodes(
  { config, network, keys, cluster }: ClusterArgs & { cluster: EksCluster },
  options: pulumi.CustomResourceOptions,
): NodeGroup {
  const { nodes: wanted, version } = config.cluster;
  const role = new Role("nodes", { assumeRolePolicy: serviceTrust("ec2.amazonaws.com") }, options);
  const attached = nodePolicies.map(
    (name) =>
      new RolePolicyAttachment(name, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${name}` }, options),
  );
  const template = new LaunchTemplate("nodes", templateArgs(config, keys.disks), options);
  return new NodeGroup(
    "nodes",
    {
      clusterName: cluster.eksCluster.name,
      nodeRoleArn: role.arn,
      subnetIds: network.privateSubnetIds,
      version,
      amiType: "BOTTLEROCKET_x86_64",
      instanceTypes: wanted.instanceTypes,
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      scalingConfig: { minSize: wanted.min, maxSize: wanted.max, desiredSize: wanted.min },
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
    },
    // How many there are right now is the autoscaler's to say.
    { ...options, dependsOn: attached, ignoreChanges: ["scalingConfig.desiredSize"] },
  );
}

function templateArgs(config: ClusterArgs["config"], key: pulumi.Input<string>) {
  const ebs = { encrypted: "true", kmsKeyId: key, volumeType: "gp3", deleteOnTermination: "true" };
  const tags = { ...tagsOf(config), Name: `${prefixOf(config.environment)}-node` };
  return {
    // Metadata by session only, and not past the node itself: from a pod it is one hop too far.
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    // Bottlerocket keeps its system on the first volume, and images and pods' files on the second.
    blockDeviceMappings: [
      { deviceName: "/dev/xvda", ebs: { ...ebs, volumeSize: 4 } },
      { deviceName: "/dev/xvdb", ebs: { ...ebs, volumeSize: config.cluster.nodes.diskGiB } },
    ],
    monitoring: { enabled: true },
    updateDefaultVersion: true,
    // What an autoscaling group starts gets no tags of the provider's.
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
  };
}
